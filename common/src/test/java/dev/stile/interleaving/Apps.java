package dev.stile.interleaving;

import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Overtaken;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Factor;
import dev.stile.factor.totp.TotpCheck;
import dev.stile.interleaving.Actor.Step;
import dev.stile.testing.Samples;
import org.jspecify.annotations.Nullable;

/// Guesses at the code of an app: the factor is read, and then written under what was read, twice
/// where the first write was overtaken by a use of the step.
final class Apps {
  /// Codes that an app shows begin with this; the code of a step is the same for every challenge.
  static final String SHOWN = "shown";

  private static final long STEP = 1000;
  private static final String RIGHT = SHOWN + STEP;
  private static final String WRONG = "wrong";

  private Apps() {}

  static Actor right(String name, Challenge challenge) {
    return guess(name, Call.to(challenge, name, RIGHT));
  }

  static Actor wrong(String name, Challenge challenge) {
    return guess(name, Call.to(challenge, name, WRONG));
  }

  /// A call that brings its challenge.
  static Actor atOnce(String name, Challenge asked) {
    return guess(name, Call.bringing(asked, name, RIGHT));
  }

  private static Actor guess(String name, Begin begin) {
    Step write =
        (world, held) ->
            write(world, held) instanceof Call call && call.isOvertaken() ? call : null;
    return Actor.of(name, (world, held) -> begin.call(world), write, write);
  }

  /// One whose answer gets lost, so that the SDK repeats its write as it was.
  static Actor repeated(Actor once) {
    Step again =
        (world, held) -> {
          if (held instanceof Call call) {
            call.tell(world, call.isOvertaken() ? call.decided() : call);
          }
          return null;
        };
    return Actor.of(once.name() + " twice", once.steps().getFirst(), Apps::write, again);
  }

  private static @Nullable Object write(World world, @Nullable Object held) {
    return held instanceof Call call ? call.tell(world, call.decided()) : null;
  }

  @FunctionalInterface
  private interface Begin {
    Call call(World world);
  }

  /// A call on its way: what it read, and which of the two writes it decided on.
  private record Call(
      Attempt attempt,
      @Nullable Challenge brought,
      String code,
      Factor read,
      @Nullable Boolean accepts) {
    static Begin to(Challenge challenge, String request, String code) {
      return world ->
          new Call(world.attempt(challenge.id(), request), null, code, world.factor(), null);
    }

    static Begin bringing(Challenge asked, String request, String code) {
      return world -> {
        Attempt attempt = world.attempt(asked.id(), request);
        return new Call(attempt, askedNow(asked, attempt), code, world.factor(), null);
      };
    }

    private static Challenge askedNow(Challenge asked, Attempt attempt) {
      var lifetime = new Challenge.Lifetime(attempt.now(), attempt.now().plus(Samples.LIFE));
      return new Challenge(
          asked.id(), asked.owner(), asked.approval(), lifetime, asked.progress(), null);
    }

    /// Whether it has to decide again, on what it now has read.
    boolean isOvertaken() {
      return accepts == null;
    }

    Call decided() {
      boolean fresh =
          read.credential() instanceof Totp totp && TotpCheck.isFresh(totp.progress(), STEP, RIGHT);
      return new Call(attempt, brought, code, read, code.equals(RIGHT) && fresh);
    }

    /// Writes, and gives what the call does next.
    Call tell(World world, Call decided) {
      Verification verification =
          brought == null ? decided.judge(world) : decided.judge(world, brought);
      if (verification instanceof Overtaken(var now)) {
        return new Call(attempt, brought, code, now, null);
      }
      if (brought != null && !(verification instanceof Verification.Refused)) {
        world.ledger().brought(brought, verification);
      }
      if (brought == null || !(verification instanceof Verification.Refused)) {
        world.ledger().verdict(attempt, code, verification);
      }
      return decided;
    }

    private Verification judge(World world) {
      var verdicts = world.stores().verdicts();
      return Boolean.TRUE.equals(accepts)
          ? verdicts.accept(attempt, new TotpUse(STEP, RIGHT))
          : verdicts.reject(attempt);
    }

    private Verification judge(World world, Challenge asked) {
      return Boolean.TRUE.equals(accepts)
          ? world.directVerdicts().accept(attempt, asked, new TotpUse(STEP, RIGHT))
          : world.directVerdicts().reject(attempt, asked);
    }
  }
}
