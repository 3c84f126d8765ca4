package dev.stile.lambda.challenge;

import dev.stile.challenge.Challenge;
import dev.stile.edge.Ask;
import dev.stile.edge.Asks;
import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens a challenge on the factor that policy, caller and account agree on.
final class OpenChallenge {
  private final Asks asks;
  private final Openings openings;
  private final Clock clock;

  @Inject
  OpenChallenge(Asks asks, Openings openings, Clock clock) {
    this.asks = asks;
    this.openings = openings;
    this.clock = clock;
  }

  /// Told in the client's language where none is asked for.
  Opened open(Caller caller, Ask ask, Duration lifetime, @Nullable String locale) {
    Asks.Weighed weighed = asks.weigh(caller, ask);
    Factor factor = weighed.choice().factor();
    refuseHopeless(factor, clock.instant().plus(lifetime));
    var terms = new Openings.Terms(lifetime, locale == null ? weighed.client().locale() : locale);
    List<Factor> factors = new ArrayList<>(weighed.choice().companions());
    factors.addFirst(factor);
    Challenge challenge = openings.open(caller, factors, weighed.approval(), terms);
    return new Opened(challenge, weighed.account());
  }

  /// A delay that outlasts the challenge leaves nothing to answer.
  private static void refuseHopeless(Factor factor, Instant expires) {
    Instant until = factor.failures().delayedUntil();
    if (!until.isBefore(expires)) {
      throw Problem.of(ProblemCode.FACTOR_LOCKED).retryAt(until).asException();
    }
  }

  record Opened(Challenge challenge, Account account) {}
}
