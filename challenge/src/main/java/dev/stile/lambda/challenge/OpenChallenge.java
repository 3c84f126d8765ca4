package dev.stile.lambda.challenge;

import dev.stile.assurance.Action;
import dev.stile.assurance.Client;
import dev.stile.assurance.FactorChoice;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.assurance.TransactionText;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Binding;
import dev.stile.challenge.Challenge;
import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.factor.Factors;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.throttle.Rates;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Opens a challenge: the policy names the floor, the caller may raise it, the account decides what
/// is there to answer with.
final class OpenChallenge {
  private final Policies policies;
  private final Factors factors;
  private final Rates rates;
  private final Openings openings;
  private final Clock clock;

  @Inject
  OpenChallenge(Policies policies, Factors factors, Rates rates, Openings openings, Clock clock) {
    this.policies = policies;
    this.factors = factors;
    this.rates = rates;
    this.openings = openings;
    this.clock = clock;
  }

  Opened open(Caller caller, Ask ask) {
    Policy policy = policies.current();
    Action action =
        policy
            .action(ask.action())
            .orElseThrow(() -> denied("The policy does not know this action."));
    Client client =
        policy
            .client(caller.principal().client())
            .orElseThrow(() -> denied("The policy does not know this client."));
    String audience = audience(client, ask.audience());
    String display = display(action, ask.binding());
    count(caller, policy);
    Account account = factors.account(caller.subject());
    FactorChoice choice = choose(policy, action, account, ask);
    var approval =
        new Approval(
            client.id(),
            audience,
            action.name(),
            ask.binding(),
            display,
            choice.decision(),
            account.epoch());
    String locale = ask.locale() == null ? client.locale() : ask.locale();
    Challenge challenge =
        openings.open(
            caller, choice.factor(), approval, new Openings.Terms(ask.lifetime(), locale));
    return new Opened(challenge, account);
  }

  private FactorChoice choose(Policy policy, Action action, Account account, Ask ask) {
    boolean unknown =
        !ask.wish().acrValues().isEmpty()
            && ask.wish().acrValues().stream().allMatch(acr -> policy.rankOf(acr) < 0);
    if (unknown) {
      throw denied("The policy knows none of these acr_values.");
    }
    Instant now = clock.instant();
    FactorChoice choice =
        FactorChoice.make(policy, action, account, ask.wish(), now)
            .orElseThrow(() -> Problem.of(ProblemCode.NO_FACTOR).asException());
    refuseHopeless(choice.factor(), now.plus(ask.lifetime()));
    return choice;
  }

  /// A delay that outlasts the challenge leaves nothing to answer.
  private static void refuseHopeless(Factor factor, Instant expires) {
    Instant until = factor.failures().delayedUntil();
    if (!until.isBefore(expires)) {
      throw Problem.of(ProblemCode.FACTOR_LOCKED).retryAt(until).asException();
    }
  }

  private void count(Caller caller, Policy policy) {
    rates
        .take(
            caller.subject().tenant(),
            "challenge",
            caller.subject().id(),
            policy.limits().challengesPerUser(),
            clock.instant())
        .ifPresent(until -> {
          throw Problem.of(ProblemCode.RATE_LIMITED).retryAt(until).asException();
        });
  }

  private static String audience(Client client, @Nullable String asked) {
    if (asked == null) {
      return client.audiences().getFirst();
    }
    if (!client.audiences().contains(asked)) {
      throw denied("This audience is not one of the client's.");
    }
    return asked;
  }

  private static String display(Action action, Binding binding) {
    try {
      return TransactionText.of(action, binding);
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      throw Problem.invalid("/binding", "Not to be shown: " + why + ".").asException();
    }
  }

  private static RuntimeException denied(String why) {
    return Problem.of(ProblemCode.POLICY_DENIED, why).asException();
  }

  /// What a caller asks for.
  record Ask(
      String action,
      Binding binding,
      Wish wish,
      @Nullable String audience,
      @Nullable String locale,
      Duration lifetime) {}

  record Opened(Challenge challenge, Account account) {}
}
