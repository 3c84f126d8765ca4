package dev.stile.edge;

import dev.stile.challenge.Chain;
import dev.stile.challenge.Challenges.Ticket;
import dev.stile.challenge.Passed;
import dev.stile.challenge.Purpose;
import dev.stile.edge.Asks.Posed;
import dev.stile.factor.Factor;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.token.Next;
import dev.stile.token.NextTokens;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Goes on with a chain by what its last challenge led to. That is good for the principal that it
/// was given to, for the same action, transaction and audience, as long as every factor that passed
/// is still one of the account's. The challenge that it opens uses it up.
public final class GoOn {
  private final Provider<NextTokens> tokens;
  private final Clock clock;

  @Inject
  public GoOn(Provider<NextTokens> tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /// The chain so far, and what is used up to go on with it.
  public record Going(Chain chain, Ticket ticket) {}

  public Going on(Caller caller, Ask ask, Posed posed, String token) {
    Next next =
        tokens
            .get()
            .read(token, clock.instant())
            .filter(n -> belongsTo(caller, posed, n))
            .orElseThrow(() -> refused("It is not one of this caller's, or it is over."));
    Next.Standing standing = next.standing();
    if (!isFor(ask, posed, next)) {
      throw Problem.of(ProblemCode.BINDING_MISMATCH, "The chain was begun for something else.")
          .asException();
    }
    if (!standing.passed().stream().allMatch(p -> isThere(posed, p)) || isStale(ask, posed, next)) {
      throw refused("What has passed counts no more; begin again.");
    }
    return new Going(
        new Chain(standing.passed(), 0, standing.floor()), new Ticket(next.id(), next.expires()));
  }

  /// The owner is a digest of all that makes a principal.
  private static boolean belongsTo(Caller caller, Posed posed, Next next) {
    return next.standing().owner().equals(Purpose.STEP_UP.owner(caller.principal()))
        && next.standing().epoch() == posed.account().epoch();
  }

  private static boolean isFor(Ask ask, Posed posed, Next next) {
    return next.transaction().action().equals(ask.action())
        && next.transaction().bindingDigest().equals(ask.binding().digest())
        && next.party().audience().equals(posed.terms().audience());
  }

  private static boolean isThere(Posed posed, Passed passed) {
    return posed.question().account().factor(passed.factor()).filter(Factor::isUsable).isPresent();
  }

  /// Its grant would be older than what is asked for.
  private boolean isStale(Ask ask, Posed posed, Next next) {
    Optional<Duration> maxAge = ask.maxAge(posed.terms().action());
    Instant first = next.standing().passed().getFirst().at();
    return maxAge.filter(age -> first.plus(age).isBefore(clock.instant())).isPresent();
  }

  private static RuntimeException refused(String why) {
    return Problem.invalid("/next", why).asException();
  }
}
