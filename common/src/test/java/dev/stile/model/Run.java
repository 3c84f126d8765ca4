package dev.stile.model;

import dev.stile.model.Operations.Guess;
import dev.stile.model.Operations.Who;
import dev.stile.model.Operations.Write;
import dev.stile.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One sequence, played to the model and to the stores side by side. After each call both must have
/// answered alike and look alike. Every call takes a millisecond, so that no two things end at the
/// same moment and the order of their ends is one.
final class Run {
  private static final Duration CALL = Duration.ofMillis(1);
  private static final int LOOKS = 4;

  private final Model model = new Model(Samples.NOW);
  private final Service service;
  private final Log log;
  private boolean differs;
  private int locks;
  private int calls;

  private Run(Tested tested, Log log) {
    this.service = new Service(tested.stores(), tested.choosing(), model::now);
    this.log = log;
  }

  /// Whether the stores differ from the model somewhere in a sequence, which ends there.
  static boolean differs(Tested tested, List<Step> steps, Log log) {
    var run = new Run(tested, log);
    for (Step step : steps) {
      run.take(step);
      if (run.differs) {
        return true;
      }
    }
    run.look();
    return run.differs;
  }

  /// What happened up to the first difference.
  static List<String> trace(Tested tested, List<Step> steps) {
    List<String> lines = new ArrayList<>();
    differs(tested, steps, (at, event) -> lines.add(at + " " + event.get()));
    return lines;
  }

  private void take(Step step) {
    switch (step) {
      case Step.Call call -> call(call);
      case Step.Pass(Duration time) -> {
        model.pass(time);
      }
      case Step.Await await -> await(await);
      case Step.Prove prove -> prove(prove);
      case Step.Lock lock -> lock(lock);
      case Step.Link link -> link(link);
    }
  }

  private String call(Step.Call call) {
    if (differs) {
      return "";
    }
    String expected = call.on(model);
    String actual = call.on(service);
    log.event(model.now(), () -> call + ": " + expected);
    if (!actual.equals(expected)) {
      log.event(model.now(), () -> "  but the stores answered: " + actual);
      differs = true;
    }
    if (++calls % LOOKS == 0) {
      look();
    }
    model.pass(CALL);
    return expected;
  }

  /// Looking reads all that was ever made, which is dearer than the call: what went wrong is still
  /// wrong a few calls later.
  private void look() {
    Seen should = model.seen();
    Seen is = service.seen();
    if (!is.equals(should)) {
      log.event(model.now(), () -> "  but the stores show:" + Seen.difference(should, is));
      differs = true;
    }
  }

  /// No clock goes back; what is over is not awaited.
  private void await(Step.Await await) {
    Optional<Instant> moment =
        model.edge(await.label(), await.edge()).map(edge -> edge.minus(await.before()));
    if (moment.isPresent() && moment.get().isAfter(model.now())) {
      model.pass(Duration.between(model.now(), moment.get()));
    }
  }

  private void prove(Step.Prove prove) {
    String factor = prove.factor();
    String challenge = "proof of " + factor;
    boolean first = !model.everEnrolled();
    call(new Step.Enroll(factor, prove.kind(), first ? null : "grant for " + factor, challenge));
    if (prove.kind().isOutOfBand()) {
      call(new Step.Start(challenge));
    }
    call(new Step.Activate(factor, Guess.RIGHT, Who.OWNER, first ? null : "grant for " + factor));
  }

  private void link(Step.Link link) {
    call(new Step.Ask(link.challenge(), link.factor(), Who.OWNER, link.goal(), link.after()));
    call(new Step.Verify(link.challenge(), Guess.RIGHT, Who.OWNER, Write.ONCE));
  }

  private void lock(Step.Lock lock) {
    if (model.factor(lock.factor()).isEmpty()) {
      return;
    }
    var admitted = new Step.Await(lock.factor(), Step.Edge.ADMITTED, Duration.ZERO);
    String challenge = lock.challenge();
    for (int i = 0; i < lock.guesses() && !differs; i++) {
      await(admitted);
      challenge = live(lock.factor(), challenge);
      guess(lock.factor(), challenge, Guess.WRONG);
    }
    guess(lock.factor(), challenge, Guess.RIGHT);
  }

  /// The challenge while it lives, and then another one on the same factor.
  private String live(String factor, String challenge) {
    Instant now = model.now();
    boolean lives = model.challenge(challenge).filter(c -> c.isLive(now)).isPresent();
    if (lives || model.factor(factor).filter(f -> f.active && !f.disabled()).isEmpty()) {
      return challenge;
    }
    String next = model.challenge(challenge).isEmpty() ? challenge : "lock " + ++locks;
    call(new Step.Open(next, factor, Who.OWNER));
    return next;
  }

  private void guess(String factor, String challenge, Guess guess) {
    boolean proven = model.factor(factor).map(f -> f.active).orElse(false);
    call(
        proven
            ? new Step.Verify(challenge, guess, Who.OWNER, Write.ONCE)
            : new Step.Activate(factor, guess, Who.OWNER, "g0"));
  }

  /// Hears what happens. Most sequences are never told, so the words are made only when asked for.
  interface Log {
    void event(Instant at, Supplier<String> event);
  }
}
