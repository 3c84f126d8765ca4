package dev.stile.model;

import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.factor.FactorKind;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What can be done to one subject's factors and challenges. The model and the service both offer
/// it; the answers are texts, so that they compare and print alike. Factors, challenges and grants
/// go by labels: whatever was not made under a label is unknown, so that a sequence makes sense
/// whichever of its steps are left out.
interface Operations {
  /// A new pending factor; for a destination with the reserved challenge that will prove it.
  String enroll(String factor, FactorKind kind, @Nullable String grant, String challenge);

  /// The consumer's `requested → pending`.
  String start(String challenge);

  String activate(String factor, Guess guess, Who who, @Nullable String grant);

  String open(String challenge, String factor, Who who);

  /// The policy in force from now on.
  String govern(Rules rules);

  /// A challenge by the policy: for a goal, of a level at least, on this factor; in a chain with
  /// what the answer to the challenge `after` led to.
  String ask(String challenge, String factor, Who who, Goal goal, @Nullable String after);

  /// Asks with the grant that the answer to `grant` led to, of an age at most.
  String reuse(String grant, Who who, Goal goal, Duration maxAge);

  /// A service uses the grant up.
  String spend(String grant);

  /// `late` generations ago is what the caller has seen; 0 is the present one.
  String resend(String challenge, int late);

  String change(String from, String to, String factor);

  String verify(String challenge, Guess guess, Who who, Write write);

  String cancel(String challenge, Who who);

  /// The worker takes up a message: claims, and settles unless it dies before that.
  String deliver(String challenge, int generation, @Nullable Delivery outcome);

  /// A worker that had claimed long ago reports at last.
  void settle(String challenge, int generation, Delivery outcome);

  String remove(String factor, String grant);

  String abandon(String factor);

  /// Everything that a caller can see.
  Seen seen();

  /// What is asked for: an action, and the level that the caller wishes for.
  record Goal(Deed deed, @Nullable String acr) {}

  /// The actions of the policies.
  enum Deed {
    /// Any factor that reaches its level; a fresh grant will do.
    LOOK,
    /// Several factors in order, once.
    PAY;

    String action() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Two policies, of the same levels and actions: what the actions ask differs.
  enum Rules {
    LENIENT,
    STRICT
  }

  /// Who answers: two sessions of the same user.
  enum Who {
    OWNER,
    OTHER
  }

  /// Which code is typed, told from the present one: by how many steps an app's is later, by how
  /// many generations a sent one.
  enum Guess {
    RIGHT(0),
    LATE(-1),
    STALE(-2),
    EARLY(1),
    WRONG(4000);

    final int offset;

    Guess(int offset) {
      this.offset = offset;
    }
  }

  /// Whether the SDK repeats a write whose answer was lost.
  enum Write {
    ONCE,
    REPEATED
  }
}
