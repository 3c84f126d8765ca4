package dev.stile.guard;

import dev.stile.guard.Admission.Admitted;
import dev.stile.guard.Admission.TurnedAway;
import dev.stile.guard.Consumption.Outcome;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement;
import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.Judgement.Insufficient;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.Judgement.Refused;
import dev.stile.verifier.Judgement.Unavailable;
import dev.stile.verifier.Proof;
import dev.stile.verifier.Requirement;
import dev.stile.verifier.VerifiedGrant;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Stands in front of one action of a service. Immutable and thread-safe: make one and keep it.
///
/// It judges the grant itself and believes nothing that an authorizer in front of it says, so that
/// a route which bypasses the authorizer is as closed as any other.
public final class Guard {
  private final GrantVerifier verifier;
  private final Requirement requirement;
  private final Optional<Consumption> consumption;
  private final Refusals refusals;

  private Guard(
      GrantVerifier verifier,
      Requirement requirement,
      Optional<Consumption> consumption,
      Refusals refusals) {
    this.verifier = verifier;
    this.requirement = requirement;
    this.consumption = consumption;
    this.refusals = refusals;
  }

  /// `challenges` is where a client starts the step-up: `https://stile.example/v1/challenges`.
  public static Guard of(GrantVerifier verifier, Requirement requirement, URI challenges) {
    return new Guard(
        verifier, requirement, Optional.empty(), new Refusals(requirement, challenges));
  }

  /// The same for grants that serve once.
  public Guard once(Consumption by) {
    return new Guard(verifier, requirement, Optional.of(by), refusals);
  }

  /// Judges the value of the header `Authorization` for a request with these details, which the
  /// service reads from the very body that it goes on to act on; an empty map where the action has
  /// none. Does not throw, whatever the token is and whatever fails.
  public Admission admit(@Nullable String authorization, Map<String, String> details) {
    Optional<String> token = Grants.bearer(authorization);
    return token.isEmpty()
        ? new TurnedAway(refusals.unauthenticated(details))
        : admit(token.get(), details, needed -> verifier.judge(token.get(), needed));
  }

  /// The same for a service whose clients may bind their grants to a key, and then send them in the
  /// scheme `DPoP` with a proof (RFC 9449 §7).
  public Admission admit(@Nullable String authorization, Proof proof, Map<String, String> details) {
    Optional<String> token = Grants.dpop(authorization);
    return token.isEmpty()
        ? admit(authorization, details)
        : admit(token.get(), details, needed -> verifier.judge(token.get(), needed, proof));
  }

  private Admission admit(
      String token, Map<String, String> details, Function<Requirement, Judgement> judge) {
    try {
      return switch (judge.apply(requirement.binding(details))) {
        case Accepted(VerifiedGrant grant) -> use(token, grant, details);
        case Insufficient insufficient -> new TurnedAway(refusals.insufficient(details));
        case Refused(Reason reason) ->
            new TurnedAway(
                reason == Reason.PROOF ? refusals.unproven() : refusals.insufficient(details));
        case Unavailable unavailable -> new TurnedAway(refusals.unavailable());
      };
    } catch (IllegalArgumentException e) {
      // Details without a canonical form, which nobody can have approved.
      return new TurnedAway(refusals.insufficient(Map.of()));
    }
  }

  private Admission use(String token, VerifiedGrant grant, Map<String, String> details) {
    return switch (consumption.map(by -> consume(by, token, grant)).orElse(Outcome.CONSUMED)) {
      case CONSUMED -> new Admitted(grant);
      case USED -> new TurnedAway(refusals.used());
      case REFUSED -> new TurnedAway(refusals.insufficient(details));
      case UNAVAILABLE -> new TurnedAway(refusals.unavailable());
    };
  }

  private static Outcome consume(Consumption by, String token, VerifiedGrant grant) {
    try {
      return by.consume(token, grant);
    } catch (RuntimeException e) {
      return Outcome.UNAVAILABLE;
    }
  }
}
