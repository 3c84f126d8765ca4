package dev.stile.lambda.verify;

import dev.stile.assurance.Client;
import dev.stile.assurance.Client.Passkeys;
import dev.stile.assurance.Gatekeeper;
import dev.stile.assurance.Policies;
import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Registrations;
import dev.stile.challenge.Registrations.Answer;
import dev.stile.challenge.Registrations.Registered;
import dev.stile.challenge.Registrations.Taking.Refused;
import dev.stile.challenge.Registrations.Taking.Taken;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Account;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.CredentialRecord;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Factors;
import dev.stile.factor.Gate;
import dev.stile.factor.webauthn.AuthenticatorNames;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremonies.Registration;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.key.RandomIds;
import dev.stile.problem.Problem;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Judges the registration of a passkey. Whether the caller may add a factor at all is asked first;
/// then the challenge is used up, the response verified, and the credential kept if nobody has it.
final class ActivatePasskey {
  private final Stores stores;
  private final Gatekeeper gatekeeper;
  private final Verifier verifier;
  private final Policies policies;
  private final RandomIds ids;
  private final Clock clock;

  @Inject
  ActivatePasskey(
      Stores stores,
      Gatekeeper gatekeeper,
      Verifier verifier,
      Policies policies,
      RandomIds ids,
      Clock clock) {
    this.stores = stores;
    this.gatekeeper = gatekeeper;
    this.verifier = verifier;
    this.policies = policies;
    this.ids = ids;
    this.clock = clock;
  }

  Activation activate(
      Caller caller, FactorId id, AttestationResponse response, @Nullable String grant) {
    Account account = stores.factors.account(caller.subject());
    Optional<Factor> factor = account.factor(id);
    if (factor.isEmpty()) {
      return refused(Reason.UNKNOWN);
    }
    if (factor.get().kind() != FactorKind.WEBAUTHN) {
      throw Problem.invalid("/credential", "This factor is proven by a code.").asException();
    }
    Gate gate = ActivateFactor.gate(gatekeeper.admit(caller, account, grant));
    var answer =
        new Answer(
            caller.subject(),
            id,
            Purpose.ACTIVATION.owner(caller.principal()),
            ids.text(),
            clock.instant());
    return switch (stores.registrations.take(answer)) {
      case Taken(var taken, var pending) ->
          verified(caller, pending, response)
              .map(record -> new Registered(passkey(pending, record), label(taken, record)))
              .map(registered -> stores.registrations.activate(answer, registered, gate))
              .orElse(new Activation.Rejected(0));
      case Refused(var reason) -> refused(reason);
    };
  }

  private Optional<CredentialRecord> verified(
      Caller caller, PendingPasskey pending, AttestationResponse response) {
    Optional<Passkeys> settings =
        policies
            .current()
            .client(caller.principal().client())
            .flatMap(Client::forPasskeys)
            .filter(passkeys -> passkeys.party().id().equals(pending.scope().relyingParty()));
    if (settings.isEmpty()) {
      return refused(Refusal.RELYING_PARTY);
    }
    var ceremony =
        new Ceremony(
            settings.get().party(),
            pending.challenge(),
            pending.scope().userHandle(),
            pending.userVerification());
    return switch (verifier.register(ceremony, settings.get().attestation(), response)) {
      case Registration.Registered(var credential) -> Optional.of(credential);
      case Registration.Refused(var why) -> refused(why);
    };
  }

  private Optional<CredentialRecord> refused(Refusal why) {
    verifier.log("registration", why, clock.instant());
    return Optional.empty();
  }

  /// The name of its model where its owner gave it none.
  private static String label(Factor taken, CredentialRecord record) {
    return taken.label().equals(Passkey.UNNAMED)
        ? AuthenticatorNames.of(record.authenticator().aaguid()).orElse(taken.label())
        : taken.label();
  }

  private static Passkey passkey(PendingPasskey pending, CredentialRecord record) {
    return new Passkey(pending.scope(), record, record.authenticator().userVerified(), null);
  }

  private static Activation refused(Reason reason) {
    return new Activation.Refused(reason, Instant.MAX);
  }

  /// Where the factor is found and its credential kept.
  static final class Stores {
    private final Factors factors;
    private final Registrations registrations;

    @Inject
    Stores(Factors factors, Registrations registrations) {
      this.factors = factors;
      this.registrations = registrations;
    }
  }
}
