package dev.stile.model;

import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.Status;
import dev.stile.factor.FactorKind;
import dev.stile.model.Seen.App;
import dev.stile.model.Seen.ChallengeSeen;
import dev.stile.model.Seen.FactorSeen;
import dev.stile.model.Seen.Sending;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The reference: plain maps under the rules of the design, with no thought for concurrency,
/// conditions or items. Every method reads as the sentence that it was written from.
final class Model implements Operations {
  static final String UNKNOWN = "refused UNKNOWN";
  private static final String NO_FACTOR = "no factor";
  private static final Duration LAPSE = Duration.ofMinutes(10);
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration READABLE = Duration.ofMinutes(10);
  private static final Duration CLAIM = Duration.ofSeconds(30);
  private static final int GENERATIONS = 3;
  private static final int LIVE = 4;
  private static final int KEPT = 8;

  private final SortedMap<String, ModelFactor> factors = new TreeMap<>();
  private final Set<String> burnt = new HashSet<>();
  private final ModelAsking asking = new ModelAsking(this);
  private boolean everEnrolled;
  private Instant now;

  Model(Instant start) {
    this.now = start;
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  boolean everEnrolled() {
    return everEnrolled;
  }

  Optional<ModelFactor> factor(String label) {
    return Optional.ofNullable(factors.get(label));
  }

  private Optional<ModelFactor> factorOf(String challenge) {
    return factors.values().stream().filter(f -> f.challenges.containsKey(challenge)).findFirst();
  }

  Optional<ModelChallenge> challenge(String label) {
    return factorOf(label).map(f -> f.challenges.get(label));
  }

  @Override
  public String enroll(String factor, FactorKind kind, @Nullable String grant, String challenge) {
    if (grant == null && everEnrolled) {
      return "GRANT_NEEDED";
    }
    if (grant != null && burnt.contains(grant)) {
      return "GRANT_CONSUMED";
    }
    var pending = new ModelFactor(kind, now.plus(LAPSE));
    factors.put(factor, pending);
    if (!pending.isApp()) {
      var reserved = new ModelChallenge(Who.OWNER, now.plus(LAPSE), true);
      reserved.stored = Status.REQUESTED;
      reserved.sending = new Sending(1, Delivery.QUEUED, now, null);
      pending.challenges.put(challenge, reserved);
    }
    return "DONE";
  }

  @Override
  public String start(String challenge) {
    Optional<ModelChallenge> requested =
        challenge(challenge).filter(c -> c.status(now) == Status.REQUESTED);
    requested.ifPresent(c -> c.stored = Status.PENDING);
    return requested.isPresent() ? "started" : "dropped";
  }

  @Override
  public String activate(String factor, Guess guess, Who who, @Nullable String grant) {
    ModelFactor pending = factors.get(factor);
    if (pending == null) {
      return UNKNOWN;
    }
    if (pending.active) {
      return "refused COMPLETED";
    }
    if (now.compareTo(pending.lapses) >= 0) {
      return "refused EXPIRED";
    }
    ModelChallenge asked = pending.challenges.values().stream().findFirst().orElse(null);
    String refusal = asked == null ? guessable(pending) : guessable(pending, asked, who);
    if (refusal != null) {
      return refusal;
    }
    App app = asked == null ? learned(pending, guess, who) : pending.app;
    if (app == null || (asked != null && !isRight(asked, guess))) {
      return rejected(pending, asked);
    }
    if ((grant == null) == everEnrolled) {
      return "GrantNeeded";
    }
    if (grant != null && !burnt.add(grant)) {
      return "GrantConsumed";
    }
    everEnrolled = true;
    pending.active = true;
    pending.app = app;
    pending.succeed(now);
    if (asked != null) {
      asked.finish(Status.APPROVED, now);
    }
    return "Activated";
  }

  private String rejected(ModelFactor pending, @Nullable ModelChallenge asked) {
    pending.fail(now);
    return "wrong " + (asked == null ? Math.max(0, 5 - pending.failures) : asked.guess(now));
  }

  /// Where an app starts that is off by one step at most, or null if these are not its digits.
  private @Nullable App learned(ModelFactor pending, Guess guess, Who who) {
    String digits = digits(guess);
    Long step = null;
    for (int off : new int[] {1, 0, -1}) {
      Long match = pending.match(digits, now, off);
      if (match != null && (step == null || match > step)) {
        step = match;
      }
    }
    if (step == null) {
      return null;
    }
    long ahead = step - ModelFactor.step(now);
    int drift = ahead > 0 ? 1 : ahead < -1 ? -1 : 0;
    return new App(step, digits, who.name(), drift);
  }

  private String digits(Guess guess) {
    return ShownDigits.at(ModelFactor.step(now) + guess.offset);
  }

  private static boolean isRight(ModelChallenge challenge, Guess guess) {
    return challenge.sending != null && guess == Guess.RIGHT;
  }

  /// Why no guess at the factor is judged now, in the order of the API's answers.
  private @Nullable String guessable(ModelFactor factor) {
    if (factor.disabled()) {
      return "refused DISABLED";
    }
    return now.isBefore(factor.admitted()) ? "refused DELAYED until " + factor.admitted() : null;
  }

  private @Nullable String guessable(ModelFactor factor, ModelChallenge challenge, Who who) {
    if (challenge.owner != who) {
      return UNKNOWN;
    }
    if (challenge.answered()) {
      return "refused COMPLETED";
    }
    if (challenge.expired(now)) {
      return "refused EXPIRED";
    }
    if (challenge.stored == Status.REQUESTED) {
      return "refused NOT_READY";
    }
    String refusal = guessable(factor);
    if (refusal != null) {
      return refusal;
    }
    return challenge.guesses == ModelChallenge.GUESSES ? "refused EXHAUSTED" : null;
  }

  @Override
  public String open(String challenge, String factor, Who who) {
    return openUnless(false, challenge, factor, who);
  }

  /// Where there is room at all, what entitles to it must not have been used.
  String openUnless(boolean spent, String challenge, String factor, Who who) {
    ModelFactor usable = factors.get(factor);
    if (usable == null || !usable.active || usable.disabled()) {
      return NO_FACTOR;
    }
    List<ModelChallenge> live =
        usable.challenges.values().stream().filter(c -> c.isLive(now)).toList();
    if (usable.isApp() && live.size() >= LIVE) {
      Instant until =
          live.stream().map(c -> c.expires).min(Comparator.naturalOrder()).orElseThrow();
      return "full until " + until;
    }
    if (spent) {
      return "spent";
    }
    if (!usable.isApp()) {
      live.forEach(c -> replace(c, challenge));
    }
    sweep(usable);
    var opened = new ModelChallenge(who, now.plus(LIFE), false);
    opened.sending = usable.isApp() ? null : new Sending(1, Delivery.QUEUED, now, null);
    usable.challenges.put(challenge, opened);
    return "opened";
  }

  Set<FactorKind> usableKinds() {
    return factors.values().stream()
        .filter(f -> f.active && !f.disabled())
        .map(f -> f.kind)
        .collect(Collectors.toSet());
  }

  @Override
  public String govern(Rules rules) {
    asking.govern(rules);
    return "in force";
  }

  @Override
  public String ask(String challenge, String factor, Who who, Goal goal, @Nullable String after) {
    return asking.ask(challenge, factor, who, goal, after);
  }

  @Override
  public String reuse(String grant, Who who, Goal goal, Duration maxAge) {
    return asking.reuse(grant, who, goal, maxAge);
  }

  @Override
  public String spend(String grant) {
    return asking.spend(grant);
  }

  private void replace(ModelChallenge challenge, String by) {
    challenge.finish(Status.CANCELED, now);
    challenge.replacedBy = by;
  }

  /// Those ended over ten minutes ago, and the longest ended while there are eight.
  private void sweep(ModelFactor factor) {
    factor.challenges.values().removeIf(c -> !c.isLive(now) && isOld(c));
    while (factor.challenges.size() >= KEPT) {
      Map.Entry<String, ModelChallenge> longest =
          factor.challenges.entrySet().stream()
              .filter(e -> !e.getValue().isLive(now))
              .min(Comparator.comparing(e -> e.getValue().ended()))
              .orElseThrow();
      factor.challenges.remove(longest.getKey());
    }
  }

  private boolean isOld(ModelChallenge challenge) {
    return challenge.ended().plus(READABLE).isBefore(now);
  }

  @Override
  public String resend(String challenge, int late) {
    ModelChallenge found = challenge(challenge).orElse(null);
    Sending sending = found == null ? null : found.sending;
    if (found == null
        || sending == null
        || late > 0
        || !found.isPending(now)
        || sending.generation() == GENERATIONS) {
      return "not resent";
    }
    found.sending = new Sending(sending.generation() + 1, Delivery.QUEUED, now, null);
    found.claimed = null;
    return "resent " + found.sending.generation();
  }

  @Override
  public String change(String from, String to, String factor) {
    ModelChallenge old = challenge(from).orElse(null);
    if (old == null || old.owner != Who.OWNER || !old.isLive(now)) {
      return "ended";
    }
    boolean same = factorOf(from).equals(factor(factor));
    if (old.proves || same) {
      return NO_FACTOR;
    }
    String opened = open(to, factor, Who.OWNER);
    if (opened.equals("opened")) {
      replace(old, to);
    }
    return opened;
  }

  @Override
  public String verify(String challenge, Guess guess, Who who, Write write) {
    ModelFactor factor = factorOf(challenge).orElse(null);
    ModelChallenge asked = challenge(challenge).orElse(null);
    if (factor == null || asked == null || asked.proves) {
      return UNKNOWN;
    }
    String refusal = guessable(factor, asked, who);
    if (refusal != null) {
      return refusal;
    }
    String verdict =
        factor.isApp()
            ? verifyApp(factor, asked, guess, who)
            : isRight(asked, guess) ? approved(factor, asked) : wrong("wrong", factor, asked);
    ModelChain chain = asked.chain;
    return chain != null && verdict.equals("approved")
        ? asking.led(challenge, chain, labelOf(factor), factor.kind)
        : verdict;
  }

  private String labelOf(ModelFactor factor) {
    return factors.entrySet().stream()
        .filter(entry -> entry.getValue() == factor)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private String verifyApp(ModelFactor factor, ModelChallenge asked, Guess guess, Who who) {
    String digits = digits(guess);
    Long step = factor.match(digits, now, factor.app.drift());
    if (step != null && factor.isFresh(step, digits)) {
      factor.app = new App(step, digits, who.name(), factor.app.drift());
      return approved(factor, asked);
    }
    boolean own = who.name().equals(factor.app.lastUser());
    boolean used = step != null && step == factor.app.lastStep() && own;
    return wrong(used ? "already used" : "wrong", factor, asked);
  }

  private String approved(ModelFactor factor, ModelChallenge asked) {
    asked.finish(Status.APPROVED, now);
    factor.succeed(now);
    return "approved";
  }

  private String wrong(String how, ModelFactor factor, ModelChallenge asked) {
    factor.fail(now);
    return how + " " + asked.guess(now);
  }

  @Override
  public String cancel(String challenge, Who who) {
    ModelChallenge found = challenge(challenge).orElse(null);
    if (found == null || found.owner != who || !found.isLive(now)) {
      return "not canceled";
    }
    found.finish(Status.CANCELED, now);
    return "canceled";
  }

  @Override
  public String deliver(String challenge, int generation, @Nullable Delivery outcome) {
    ModelChallenge found = challenge(challenge).orElse(null);
    Sending sending = found == null ? null : found.sending;
    if (found == null
        || sending == null
        || sending.generation() != generation
        || !found.isPending(now)
        || !isFree(found, sending)) {
      return "dropped";
    }
    found.send(Delivery.SENDING, null, now);
    if (outcome != null) {
      settle(challenge, generation, outcome);
    }
    return "claimed";
  }

  private boolean isFree(ModelChallenge found, Sending sending) {
    Instant claimed = found.claimed;
    return sending.delivery() == Delivery.QUEUED
        || (sending.delivery() == Delivery.SENDING
            && claimed != null
            && !now.isBefore(claimed.plus(CLAIM)));
  }

  @Override
  public void settle(String challenge, int generation, Delivery outcome) {
    challenge(challenge)
        .filter(c -> c.sending != null && c.sending.generation() == generation)
        .filter(c -> c.sending != null && c.sending.delivery() == Delivery.SENDING)
        .ifPresent(c -> c.send(outcome, reason(outcome), null));
  }

  static @Nullable String reason(Delivery outcome) {
    return outcome == Delivery.FAILED ? "refused by the carrier" : null;
  }

  @Override
  public String remove(String factor, String grant) {
    if (burnt.contains(grant)) {
      return "GRANT_CONSUMED";
    }
    ModelFactor found = factors.get(factor);
    if (found == null || !found.active) {
      return "GONE";
    }
    if (factors.values().stream().filter(f -> f.active).count() == 1) {
      return "LAST_FACTOR";
    }
    burnt.add(grant);
    factors.remove(factor);
    return "DONE";
  }

  @Override
  public String abandon(String factor) {
    ModelFactor found = factors.get(factor);
    if (found == null || found.active) {
      return "not abandoned";
    }
    factors.remove(factor);
    return "abandoned";
  }

  @Override
  public Seen seen() {
    SortedMap<String, FactorSeen> seen = new TreeMap<>();
    SortedMap<String, ChallengeSeen> challenges = new TreeMap<>();
    factors.forEach((label, factor) -> {
      seen.put(label, factor.seen());
      factor.challenges.forEach((id, challenge) -> challenges.put(id, challenge.seen(now)));
    });
    return new Seen(everEnrolled, seen, challenges);
  }

  /// When time alone will change an answer about this factor or challenge.
  Optional<Instant> edge(String label, Step.Edge edge) {
    return switch (edge) {
      case ADMITTED -> factor(label).map(ModelFactor::admitted);
      case LAPSED -> factor(label).map(f -> f.lapses);
      case EXPIRED -> challenge(label).map(c -> c.expires);
      case UNCLAIMED -> challenge(label).map(c -> c.claimed).map(at -> at.plus(CLAIM));
    };
  }
}
