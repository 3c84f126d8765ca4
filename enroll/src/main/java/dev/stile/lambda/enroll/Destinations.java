package dev.stile.lambda.enroll;

import dev.stile.assurance.Policies;
import dev.stile.edge.JsonObject;
import dev.stile.factor.FactorKind;
import dev.stile.factor.otp.EmailAddress;
import dev.stile.factor.otp.Masking;
import dev.stile.factor.otp.PhoneNumbers;
import dev.stile.factor.otp.PhoneNumbers.Reading;
import dev.stile.lambda.enroll.EnrollDestination.Target;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import jakarta.inject.Inject;

/// Reads where codes are to go, and refuses where they must not.
final class Destinations {
  private final PhoneNumbers phoneNumbers;
  private final Policies policies;

  @Inject
  Destinations(PhoneNumbers phoneNumbers, Policies policies) {
    this.phoneNumbers = phoneNumbers;
    this.policies = policies;
  }

  Target phone(JsonObject body) {
    String text = body.text("phone");
    return switch (phoneNumbers.read(text, policies.current().countries())) {
      case Reading.Dialable(var e164, var country) ->
          new Target(FactorKind.SMS, e164, e164, Masking.phone(e164));
      case Reading.Blocked(var reason) ->
          throw Problem.of(ProblemCode.DESTINATION_BLOCKED).with("reason", reason).asException();
      case Reading.Malformed() -> throw body.wrong("phone", "is not a number in E.164 form");
    };
  }

  Target email(JsonObject body) {
    EmailAddress address = body.parse("email", EmailAddress::of);
    return new Target(FactorKind.EMAIL, address.text(), address.folded(), Masking.email(address));
  }
}
