package dev.stile.edge;

import dev.stile.assurance.Action;
import dev.stile.assurance.Client;
import dev.stile.assurance.FactorChoice;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.Level;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Question;
import dev.stile.assurance.TransactionText;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Approval.Decision;
import dev.stile.challenge.Binding;
import dev.stile.challenge.Chain;
import dev.stile.factor.Account;
import dev.stile.factor.Decoys;
import dev.stile.factor.Factors;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.subject.Door;
import dev.stile.subject.PrimaryLogin;
import dev.stile.throttle.Rates;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Weighs what a caller asks for, the same whether the question is answered later or with it: the
/// policy names the floor, the caller may raise it, the account decides what is there to answer
/// with. Every asking counts against the user's rate of challenges.
public final class Asks {
  private final Policies policies;
  private final Factors factors;
  private final Rates rates;
  private final Decoys decoys;
  private final Clock clock;

  @Inject
  public Asks(Policies policies, Factors factors, Rates rates, Decoys decoys, Clock clock) {
    this.policies = policies;
    this.factors = factors;
    this.rates = rates;
    this.decoys = decoys;
    this.clock = clock;
  }

  /// Asked and answered by one factor, or begun with one.
  public Weighed weigh(Caller caller, Ask ask) {
    return weigh(pose(caller, ask), ask, Chain.SINGLE);
  }

  /// What is asked of whom, before a factor is looked for.
  public Posed pose(Caller caller, Ask ask) {
    Policy policy = policies.current();
    Terms terms = terms(caller, ask, policy);
    Account account = account(caller, terms.client());
    Account here = account.at(terms.client().relyingPartyId());
    var whole = new Question(policy, terms.action(), here, clock.instant());
    return new Posed(terms, account, left(whole, caller.login()));
  }

  /// What the policy lets a login elsewhere count for is not asked again. A factor that a recovery
  /// code has bound counts with no other, wherever that was.
  private static Question left(Question whole, PrimaryLogin login) {
    Instant now = whole.now();
    if (whole.account().usable().stream().anyMatch(factor -> factor.isCapped(now))) {
      return whole;
    }
    return whole
        .policy()
        .issuer(login.issuer())
        .map(issuer -> whole.action().after(issuer.passedAt(login, now)))
        .map(action -> new Question(whole.policy(), action, whole.account(), now))
        .orElse(whole);
  }

  /// The factor that comes next, after those of the chain so far.
  public Weighed weigh(Posed posed, Ask ask, Chain before) {
    FactorChoice choice = choose(posed.question(), ask.wish(), before);
    Decision decision = choice.decision();
    if (!posed.question().action().equals(posed.terms().action())) {
      decision = decision.because("a factor that passed at the login counts");
    }
    Approval approval = posed.terms().approval(ask, decision, posed.account());
    return new Weighed(posed.terms().client(), posed.account(), choice, approval);
  }

  /// What a recovery code would approve, which is managing factors alone.
  public Approval weighRecovery(Caller caller, Ask ask) {
    if (!ask.action().equals(Action.MANAGE_FACTORS)) {
      throw denied("A recovery code serves the action " + Action.MANAGE_FACTORS + " alone.");
    }
    Terms terms = terms(caller, ask, policies.current());
    var decision = new Decision(Level.RECOVERY, List.of("a recovery code binds a new factor"));
    return terms.approval(ask, decision, factors.account(caller.subject()));
  }

  private Terms terms(Caller caller, Ask ask, Policy policy) {
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
    return new Terms(action, client, audience, display);
  }

  private Account account(Caller caller, Client client) {
    Account account = factors.account(caller.subject());
    boolean covered = caller.principal().door() == Door.BACK_END && client.backEnd().decoy();
    return covered ? decoys.cover(account, caller.subject()) : account;
  }

  private static FactorChoice choose(Question question, Wish wish, Chain before) {
    boolean unknown =
        !wish.acrValues().isEmpty()
            && wish.acrValues().stream().allMatch(acr -> question.policy().rankOf(acr) < 0);
    if (unknown) {
      throw denied("The policy knows none of these acr_values.");
    }
    return FactorChoice.make(question, wish, before)
        .orElseThrow(() -> Problem.of(ProblemCode.NO_FACTOR).asException());
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

  /// Who asks, what there is to answer with, the factor that shall, and what it would approve.
  public record Weighed(Client client, Account account, FactorChoice choice, Approval approval) {}

  /// What is asked, and the account that is asked: all of it, and in the question what can answer
  /// here.
  public record Posed(Terms terms, Account account, Question question) {}

  /// What does not depend on the account.
  public record Terms(Action action, Client client, String audience, String display) {
    private Approval approval(Ask ask, Decision decision, Account account) {
      return new Approval(
          client.id(), audience, action.name(), ask.binding(), display, decision, account.epoch());
    }
  }
}
