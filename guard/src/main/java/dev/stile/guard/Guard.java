package dev.stile.guard;

import dev.stile.guard.Admission.Admitted;
import dev.stile.guard.Admission.TurnedAway;
import dev.stile.guard.Consumption.Outcome;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.Judgement.Insufficient;
import dev.stile.verifier.Judgement.Refused;
import dev.stile.verifier.Judgement.Unavailable;
import dev.stile.verifier.Requirement;
import dev.stile.verifier.VerifiedGrant;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
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
    if (token.isEmpty()) {
      return new TurnedAway(refusals.unauthenticated(details));
    }
    try {
      return switch (verifier.judge(token.get(), requirement.binding(details))) {
        case Accepted(VerifiedGrant grant) -> use(token.get(), grant, details);
        case Insufficient insufficient -> new TurnedAway(refusals.insufficient(details));
        case Refused refused -> new TurnedAway(refusals.insufficient(details));
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
