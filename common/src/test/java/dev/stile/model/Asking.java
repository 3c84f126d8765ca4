package dev.stile.model;

import dev.stile.assurance.Action;
import dev.stile.assurance.Amr;
import dev.stile.assurance.FactorChoice;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Question;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Binding;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Challenges.Ticket;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Passed;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verification.Verified;
import dev.stile.edge.Ask;
import dev.stile.edge.Asks;
import dev.stile.edge.GoOn;
import dev.stile.edge.SufficientGrant;
import dev.stile.factor.Account;
import dev.stile.memory.InMemoryEndedGrants;
import dev.stile.memory.InMemoryStore;
import dev.stile.model.Operations.Goal;
import dev.stile.model.Operations.Rules;
import dev.stile.model.Operations.Who;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import dev.stile.subject.Caller;
import dev.stile.testing.Samples;
import dev.stile.testing.Stores;
import dev.stile.token.EndedGrants;
import dev.stile.token.Grant;
import dev.stile.token.Next;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How challenges are asked for by the policy, and what their answers lead to: the rules of the
/// domain over the stores under test. Tokens are known by the challenge that led to them.
final class Asking {
  private final Stores stores;
  private final Labels labels;
  private final Choosing choosing;
  private final EndedGrants ended = new InMemoryEndedGrants(new InMemoryStore());
  private final Map<String, Next> nexts = new HashMap<>();
  private final Map<String, Grant> grants = new HashMap<>();
  private Rules rules = Rules.LENIENT;

  Asking(Stores stores, Labels labels, Choosing choosing) {
    this.stores = stores;
    this.labels = labels;
    this.choosing = choosing;
  }

  /// How the next factor of a chain is chosen.
  interface Choosing {
    Optional<FactorChoice> choose(Question question, Wish wish, Chain before);
  }

  void govern(Rules changed) {
    rules = changed;
  }

  String ask(String label, String factor, Asked asked, @Nullable String after) {
    var wish =
        new Wish(
            labels.factor(factor),
            Set.of(),
            asked.goal().acr() == null ? Set.of() : Set.of(asked.goal().acr()));
    var ask = asked.ask(wish, new Ask.Shown(null, after, null));
    Asks.Posed posed = posed(asked);
    try {
      GoOn.@Nullable Going going =
          after == null ? null : goOn(asked.now()).on(asked.caller(labels), ask, posed, after);
      return choosing
          .choose(posed.question(), wish, going == null ? Chain.SINGLE : going.chain())
          .map(choice -> open(label, choice, asked, going == null ? null : going.ticket()))
          .orElse("no factor");
    } catch (ProblemException e) {
      return e.problem().code() == ProblemCode.BINDING_MISMATCH ? "another" : "not to go on with";
    }
  }

  /// What is asked by whom, and when.
  record Asked(Goal goal, Who who, Instant now) {
    Caller caller(Labels labels) {
      return new Caller(labels.principal(who), null, "127.0.0.1");
    }

    Ask ask(Wish wish, Ask.Shown shown) {
      return new Ask(goal.deed().action(), Binding.EMPTY, wish, null, shown);
    }
  }

  private Asks.Posed posed(Asked asked) {
    Policy policy = Policies.of(rules);
    Action action = policy.action(asked.goal().deed().action()).orElseThrow();
    Account account = stores.factors().account(labels.subject);
    return new Asks.Posed(
        new Asks.Terms(action, Policies.CLIENT, "stile", action.name()),
        account,
        new Question(policy, action, account, asked.now()));
  }

  private GoOn goOn(Instant now) {
    return new GoOn(
        () ->
            (token, at) ->
                Optional.ofNullable(nexts.get(token)).filter(n -> at.isBefore(n.expires())),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private String open(String label, FactorChoice choice, Asked asked, @Nullable Ticket ticket) {
    Instant now = asked.now();
    boolean sent = choice.factor().kind().isOutOfBand();
    ChallengeId id = labels.challenge(label, choice.factor().id(), choice.factor().kind());
    String action = asked.goal().deed().action();
    var challenge =
        new Challenge(
            id,
            labels.owner(Purpose.STEP_UP, asked.who()),
            new Approval("console", "stile", action, Binding.EMPTY, action, choice.decision(), 0),
            new Challenge.Lifetime(now, now.plus(Samples.LIFE)),
            Challenge.Progress.of(Status.PENDING),
            sent ? Dispatch.first(now, "de-AT") : null);
    String answer = sent ? Labels.answer(id, 1) : null;
    Opening opening =
        ticket == null
            ? stores.challenges().open(labels.subject, challenge, answer, now)
            : stores.challenges().openNext(labels.subject, challenge, answer, ticket);
    return switch (opening) {
      case Opening.Opened(var opened) ->
          Service.agreeing(told(choice.decision()), opened, challenge);
      case Opening.Full(var until) -> "full until " + until;
      case Opening.Gone() -> "gone";
      case Opening.Spent() -> "spent";
    };
  }

  private static String told(Approval.Decision decision) {
    int following = decision.chain().following();
    return following > 0
        ? "asked, with " + following + " to follow"
        : "asked for " + decision.acr();
  }

  /// What a right answer leads to.
  String led(Verified verified) {
    Challenge challenge = verified.challenge();
    Approval approval = challenge.approval();
    Chain chain = approval.decision().chain();
    if (Policies.of(rules).action(approval.action()).isEmpty()) {
      return "approved";
    }
    String label = labels.label(challenge.id());
    Instant at = Optional.ofNullable(challenge.progress().lastVerdict()).orElseThrow();
    var passed = new Passed(verified.factor().id(), Amr.of(verified.factor()), at);
    var party =
        new Grant.Party(
            "https://stile.example",
            labels.subject.id(),
            "stile",
            "console",
            labels.session(challenge.owner()));
    var transaction = new Grant.Transaction(label, approval.action(), approval.binding().digest());
    if (chain.goesOn()) {
      var standing =
          new Next.Standing(challenge.owner(), chain.with(passed), chain.floor(), approval.epoch());
      nexts.put(label, new Next("nxt_" + challenge.id(), party, transaction, standing, at));
      return "next";
    }
    var assurance =
        new Grant.Assurance(
            chain.since(passed), approval.decision().acr(), chain.amr(passed), approval.epoch());
    grants.put(
        label, new Grant("grt_" + label, party, assurance, transaction, at, Duration.ofMinutes(5)));
    return "approved " + assurance.acr() + " " + assurance.amr() + " since " + assurance.authTime();
  }

  String reuse(String grant, Asked asked, Duration maxAge) {
    var sufficient =
        new SufficientGrant(
            () ->
                (token, audiences, at) ->
                    Optional.ofNullable(grants.get(token))
                        .filter(g -> at.isBefore(g.issued().plus(g.lifetime()))),
            ended,
            Clock.fixed(asked.now(), ZoneOffset.UTC));
    String acr = asked.goal().acr();
    var wish = new Wish(null, Set.of(), acr == null ? Set.of() : Set.of(acr));
    var ask = asked.ask(wish, new Ask.Shown(grant, null, maxAge));
    return sufficient.find(asked.caller(labels), ask, posed(asked)).isPresent()
        ? "satisfied"
        : "not satisfied";
  }

  String spend(String label) {
    Grant grant = grants.get(label);
    return grant == null ? "none" : ended.consume(labels.subject, grant).name();
  }
}
