package dev.stile.lambda.challenge;

import dev.stile.challenge.Chain;
import dev.stile.challenge.Challenge;
import dev.stile.edge.Ask;
import dev.stile.edge.Asks;
import dev.stile.edge.GoOn;
import dev.stile.edge.SufficientGrant;
import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.token.Grant;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens a challenge on the factor that policy, caller and account agree on, unless a grant that
/// the caller has does as well.
final class OpenChallenge {
  private final Asks asks;
  private final SufficientGrant sufficient;
  private final GoOn goOn;
  private final Openings openings;
  private final Clock clock;

  @Inject
  OpenChallenge(Asks asks, SufficientGrant sufficient, GoOn goOn, Openings openings, Clock clock) {
    this.asks = asks;
    this.sufficient = sufficient;
    this.goOn = goOn;
    this.openings = openings;
    this.clock = clock;
  }

  /// Told in the client's language where none is asked for.
  Outcome open(Caller caller, Ask ask, Duration lifetime, @Nullable String locale) {
    Asks.Posed posed = asks.pose(caller, ask);
    Optional<Grant> grant = sufficient.find(caller, ask, posed);
    if (grant.isPresent()) {
      return new Outcome.Satisfied(grant.get());
    }
    String next = ask.shown().next();
    GoOn.@Nullable Going going = next == null ? null : goOn.on(caller, ask, posed, next);
    Asks.Weighed weighed = asks.weigh(posed, ask, going == null ? Chain.SINGLE : going.chain());
    Factor factor = weighed.choice().factor();
    refuseHopeless(factor, clock.instant().plus(lifetime));
    var terms =
        new Openings.Terms(
            lifetime,
            locale == null ? weighed.client().locale() : locale,
            going == null ? null : going.ticket());
    List<Factor> factors = new ArrayList<>(weighed.choice().companions());
    factors.addFirst(factor);
    Challenge challenge = openings.open(caller, factors, weighed.approval(), terms);
    return new Outcome.Opened(challenge, weighed.account());
  }

  /// A delay that outlasts the challenge leaves nothing to answer.
  private static void refuseHopeless(Factor factor, Instant expires) {
    Instant until = factor.failures().delayedUntil();
    if (!until.isBefore(expires)) {
      throw Problem.of(ProblemCode.FACTOR_LOCKED).retryAt(until).asException();
    }
  }

  /// What comes of asking.
  sealed interface Outcome {
    record Opened(Challenge challenge, Account account) implements Outcome {}

    /// Nothing has to be asked: this grant does.
    record Satisfied(Grant grant) implements Outcome {}
  }
}
