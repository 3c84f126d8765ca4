package dev.stile.challenge;

import dev.stile.challenge.Verification.Cause;
import dev.stile.testing.Scene;
import dev.stile.testing.Stores;
import java.util.concurrent.CountDownLatch;

/// A store as many have built it (A02): it looks whether a guess is allowed, compares, and counts
/// afterwards. Each step is atomic and the counter is exact; only they are not one step. The first
/// callers wait for each other in between, which a slow network would do for them.
final class ComparesFirst implements Verdicts {
  private final Stores inner;
  private final CountDownLatch together;

  ComparesFirst(Stores inner, int together) {
    this.inner = inner;
    this.together = new CountDownLatch(together);
  }

  /// The same stores with these verdicts.
  Stores stores() {
    return new Stores(
        inner.factors(),
        inner.challenges(),
        this,
        inner.activations(),
        inner.assertions(),
        inner.registrations());
  }

  @Override
  public Verification judge(Attempt attempt, String answerDigest) {
    Verification allowed = allowed(attempt);
    if (!(allowed instanceof Verification.Overtaken(var factor))) {
      return allowed;
    }
    Challenge challenge = challenge(attempt);
    boolean right = answerDigest.equals(Scene.answer(challenge.id(), 1));
    await();
    inner.verdicts().judge(attempt, answerDigest);
    return right
        ? new Verification.Verified(challenge, factor)
        : new Verification.Rejected(challenge.attemptsLeft() - 1, Cause.INCORRECT);
  }

  @Override
  public Verification accept(Attempt attempt, TotpUse use) {
    return inner.verdicts().accept(attempt, use);
  }

  @Override
  public Verification reject(Attempt attempt) {
    Verification allowed = allowed(attempt);
    if (!(allowed instanceof Verification.Overtaken)) {
      return allowed;
    }
    int left = challenge(attempt).attemptsLeft() - 1;
    await();
    inner.verdicts().reject(attempt);
    return new Verification.Rejected(left, Cause.INCORRECT);
  }

  private Verification allowed(Attempt attempt) {
    return Verdicts.explain(
        attempt,
        challenge(attempt),
        inner.factors().find(attempt.subject(), attempt.challenge().factor()).orElseThrow());
  }

  private Challenge challenge(Attempt attempt) {
    return inner.challenges().find(attempt.subject(), attempt.challenge()).orElseThrow();
  }

  private void await() {
    together.countDown();
    try {
      together.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted between comparing and counting", e);
    }
  }
}
