package dev.stile.model;

import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.factor.FactorKind;
import dev.stile.model.Operations.Deed;
import dev.stile.model.Operations.Goal;
import dev.stile.model.Operations.Guess;
import dev.stile.model.Operations.Rules;
import dev.stile.model.Operations.Who;
import dev.stile.model.Operations.Write;
import dev.stile.model.Step.Edge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Random sequences, the same for the same seed. Steps prefer what was made last and what is likely
/// to be there, so that something comes of them; now and then they take anything.
final class Sequences {
  private static final int LENGTH = 20;
  private static final int FACTORS = 5;

  private static final List<Duration> TIMES =
      List.of(
          Duration.ofMillis(999),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(31),
          Duration.ofSeconds(90),
          Duration.ofMinutes(5),
          Duration.ofMinutes(11),
          Duration.ofHours(1));

  /// The kinds that are answered by a code.
  private static final List<FactorKind> KINDS =
      List.of(FactorKind.TOTP, FactorKind.SMS, FactorKind.EMAIL);

  private final Random random;
  private final Made pending = new Made("f0");
  private final Made proven = new Made("f0");
  private final Made reserved = new Made("c0");
  private final Made opened = new Made("c0");
  private final List<Step> steps = new ArrayList<>();
  private int factors;
  private int challenges;

  private Sequences(long seed) {
    random = new Random(seed);
  }

  static List<Step> of(long seed) {
    return new Sequences(seed).steps();
  }

  private List<Step> steps() {
    for (int i = random.nextInt(4); i > 0; i--) {
      steps.add(new Step.Prove(newFactor(proven), one(KINDS)));
    }
    int length = LENGTH / 2 + random.nextInt(LENGTH);
    while (steps.size() < length) {
      if (pick(6)) {
        byPolicy(random.nextInt(20));
      } else {
        add(random.nextInt(100));
      }
    }
    return steps;
  }

  private void add(int roll) {
    if (roll < 8) {
      enroll();
    } else if (roll < 16) {
      steps.add(new Step.Activate(pick(8) ? factor() : pending.recent(), guess(), who(), grant()));
    } else if (roll < 28) {
      steps.add(new Step.Open(newChallenge(opened), factor(), who()));
    } else if (roll < 52) {
      steps.add(
          new Step.Verify(challenge(), guess(), who(), pick(8) ? Write.REPEATED : Write.ONCE));
    } else if (roll < 59) {
      steps.add(new Step.Resend(challenge(), pick(8) ? 1 : 0));
    } else if (roll < 64) {
      steps.add(new Step.Switch(challenge(), newChallenge(opened), factor()));
    } else if (roll < 69) {
      steps.add(new Step.Cancel(challenge(), who()));
    } else if (roll < 80) {
      steps.add(passing());
    } else {
      steps.add(rarer(roll));
    }
  }

  private void byPolicy(int roll) {
    if (roll < 8) {
      walk();
    } else if (roll < 12) {
      String after = pick(3) ? null : opened.recent();
      steps.add(new Step.Ask(newChallenge(opened), factor(), who(), goal(), after));
    } else if (roll < 16) {
      steps.add(new Step.Reuse(opened.recent(), who(), goal(), one(TIMES)));
    } else if (roll < 18) {
      steps.add(new Step.Govern(one(List.of(Rules.values()))));
    } else {
      String grant = opened.recent();
      steps.add(new Step.Spend(grant));
      steps.add(new Step.Spend(pick(2) ? grant : opened.recent()));
    }
  }

  /// Some links, each after the one before and on another factor; now and then after one that
  /// another has followed. The level is asked for once.
  private void walk() {
    Goal goal = goal();
    String after = null;
    List<String> order = proven.shuffled();
    int links = 1 + random.nextInt(3);
    for (int i = 0; i < links; i++) {
      String link = newChallenge(opened);
      String factor = i < order.size() && !pick(8) ? order.get(i) : factor();
      steps.add(new Step.Link(link, factor, goal, after));
      after = pick(8) ? after : link;
      goal = new Goal(goal.deed(), pick(2) ? goal.acr() : null);
    }
  }

  private Goal goal() {
    String acr = pick(3) ? one(ModelRules.LEVELS) : null;
    return new Goal(pick(3) ? Deed.LOOK : Deed.PAY, acr);
  }

  private void enroll() {
    FactorKind kind = one(KINDS);
    if (factors >= FACTORS) {
      steps.add(new Step.Start(reserved.recent()));
    } else if (pick(3)) {
      steps.add(new Step.Prove(newFactor(proven), kind));
    } else {
      steps.add(new Step.Enroll(newFactor(pending), kind, grant(), newChallenge(reserved)));
      if (!pick(4)) {
        steps.add(new Step.Start(reserved.recent()));
      }
    }
  }

  private Step passing() {
    if (pick(2)) {
      return new Step.Pass(one(TIMES));
    }
    Edge edge = one(List.of(Edge.values()));
    String label = edge == Edge.LAPSED ? pending.recent() : challenge();
    return new Step.Await(
        edge == Edge.ADMITTED ? factor() : label, edge, Duration.ofMillis(random.nextInt(2)));
  }

  private Step rarer(int roll) {
    if (roll < 90) {
      return new Step.Deliver(challenge(), generation(), outcome());
    }
    if (roll < 92) {
      return new Step.Settle(challenge(), generation(), pick(2) ? Delivery.SENT : Delivery.FAILED);
    }
    if (roll < 95) {
      return pick(4)
          ? new Step.Abandon(pick(2) ? factor() : pending.recent())
          : new Step.Remove(factor(), "g" + random.nextInt(4));
    }
    String factor = pick(3) ? pending.recent() : factor();
    return new Step.Lock(factor, newChallenge(opened), pick(12) ? 50 : 3 + random.nextInt(6));
  }

  private boolean pick(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Guess guess() {
    return pick(2) ? Guess.RIGHT : one(List.of(Guess.values()));
  }

  private Who who() {
    return pick(8) ? Who.OTHER : Who.OWNER;
  }

  private @Nullable String grant() {
    return pick(3) ? null : "g" + random.nextInt(4);
  }

  private int generation() {
    return pick(2) ? 1 : 1 + random.nextInt(3);
  }

  private @Nullable Delivery outcome() {
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> Delivery.QUEUED;
      case 2 -> Delivery.FAILED;
      default -> Delivery.SENT;
    };
  }

  private String newFactor(Made kept) {
    return kept.add("f" + ++factors);
  }

  private String newChallenge(Made kept) {
    return kept.add("c" + ++challenges);
  }

  private String factor() {
    return (pick(8) ? pending : proven).recent();
  }

  private String challenge() {
    return (pick(8) ? reserved : opened).recent();
  }

  /// What was made, and a label for what never was.
  private final class Made {
    private final List<String> all = new ArrayList<>();
    private final String never;

    Made(String never) {
      this.never = never;
    }

    String add(String label) {
      all.add(label);
      return label;
    }

    List<String> shuffled() {
      List<String> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      return shuffled;
    }

    String recent() {
      if (all.isEmpty()) {
        return never;
      }
      return pick(2) ? all.getLast() : one(all);
    }
  }
}
