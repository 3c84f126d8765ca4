package dev.stile.lambda.challenge;

import dev.stile.assurance.Client;
import dev.stile.assurance.FactorChoice;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Question;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Approval.Decision;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.PasskeyPrompt;
import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.Factors;
import dev.stile.lambda.challenge.OpenChallenge.Outcome.Opened;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Asks the same question of another factor, one of the alternatives that were offered. The
/// failures of each factor stay its own.
final class SwitchFactor {
  private final OwnChallenges own;
  private final Challenges challenges;
  private final Factors factors;
  private final Openings openings;
  private final Policies policies;
  private final Clock clock;

  @Inject
  SwitchFactor(
      OwnChallenges own,
      Challenges challenges,
      Factors factors,
      Openings openings,
      Policies policies,
      Clock clock) {
    this.own = own;
    this.challenges = challenges;
    this.factors = factors;
    this.openings = openings;
    this.policies = policies;
    this.clock = clock;
  }

  Opened change(Caller caller, ChallengeId id, FactorId target) {
    Challenge old = own.live(caller, id);
    Account account = factors.account(caller.subject());
    Factor factor =
        account
            .factor(target)
            .filter(Factor::isUsable)
            .filter(f -> old.approval().decision().alternatives().contains(f.id()))
            .orElseThrow(SwitchFactor::noFactor);
    Instant now = clock.instant();
    var lifetime = Duration.between(old.lifetime().created(), old.lifetime().expires());
    var terms = new Openings.Terms(lifetime, locale(old), null);
    Approval approval = approval(old, account, factor);
    Challenge opened = openings.open(caller, List.of(factor), approval, terms);
    boolean canceled =
        challenges.cancel(caller.subject(), id, old.owner(), opened.id(), now).isPresent();
    if (!canceled) {
      challenges.cancel(caller.subject(), opened.id(), opened.owner(), null, now);
      throw OwnChallenges.ended(own.find(caller, id).status(now)).asException();
    }
    return new Opened(opened, account);
  }

  private static RuntimeException noFactor() {
    return Problem.of(ProblemCode.NO_FACTOR).asException();
  }

  /// An app's challenge tells nobody anything, so it holds no locale: then the client's.
  private String locale(Challenge old) {
    return old.dispatch() != null
        ? old.dispatch().locale()
        : policies
            .current()
            .client(old.approval().client())
            .map(Client::locale)
            .orElse(LanguageTag.ENGLISH.text());
  }

  /// The factors that could have answered.
  private static Collection<FactorId> asked(Challenge challenge) {
    return challenge.prompt() instanceof PasskeyPrompt prompt
        ? prompt.credentials().values()
        : List.of(challenge.id().factor());
  }

  /// Weighed once more: what the factor reaches, and what has to follow it in a chain.
  private Approval approval(Challenge old, Account account, Factor factor) {
    Approval was = old.approval();
    Decision decision = decision(was, account, factor);
    List<FactorId> alternatives = new ArrayList<>(was.decision().alternatives());
    alternatives.remove(factor.id());
    alternatives.addAll(asked(old));
    List<String> reasons = new ArrayList<>(was.decision().reasons());
    reasons.add("the user switched to " + factor.kind().wire());
    return was.with(new Decision(decision.acr(), reasons, alternatives, decision.chain()));
  }

  private Decision decision(Approval was, Account account, Factor factor) {
    Policy policy = policies.current();
    var wish = new Wish(factor.id(), Set.of(), Set.of());
    Account here = account.at(policy.client(was.client()).map(Client::relyingPartyId).orElse(null));
    return policy
        .action(was.action())
        .map(action -> new Question(policy, action, here, clock.instant()))
        .flatMap(question -> FactorChoice.make(question, wish, was.decision().chain()))
        .map(FactorChoice::decision)
        .orElseThrow(SwitchFactor::noFactor);
  }
}
