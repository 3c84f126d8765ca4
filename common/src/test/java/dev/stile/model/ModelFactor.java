package dev.stile.model;

import dev.stile.factor.FactorKind;
import dev.stile.model.Seen.App;
import dev.stile.model.Seen.FactorSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A factor of the model: DESIGN's rules on guessing, as an owner of the product would tell them.
final class ModelFactor {
  private static final Duration STEP = Duration.ofSeconds(30);

  final FactorKind kind;
  final Instant lapses;
  final Map<String, ModelChallenge> challenges = new LinkedHashMap<>();
  boolean active;
  int failures;
  Instant failedAt = Instant.EPOCH;
  @Nullable Instant lastUsed;
  App app = new App(-1, null, null, 0);

  ModelFactor(FactorKind kind, Instant lapses) {
    this.kind = kind;
    this.lapses = lapses;
  }

  boolean isApp() {
    return kind == FactorKind.TOTP;
  }

  boolean disabled() {
    return failures >= 50;
  }

  /// 30 s from the fifth failure, doubling to an hour.
  Instant admitted() {
    Duration delay = failures < 5 ? Duration.ZERO : Duration.ofSeconds(30);
    for (int i = 5; i < failures && delay.compareTo(Duration.ofHours(1)) < 0; i++) {
      delay = delay.plus(delay);
    }
    return failedAt.plus(delay.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : delay);
  }

  void fail(Instant now) {
    failures++;
    failedAt = now;
  }

  void succeed(Instant now) {
    failures = 0;
    failedAt = Instant.EPOCH;
    lastUsed = now;
  }

  static long step(Instant now) {
    return now.getEpochSecond() / STEP.toSeconds();
  }

  /// The step that digits belong to: this one or the one before, by the app's own clock.
  @Nullable Long match(String digits, Instant now, int drift) {
    long current = step(now) + drift;
    for (long step : new long[] {current, current - 1}) {
      if (ShownDigits.at(step).equals(digits)) {
        return step;
      }
    }
    return null;
  }

  /// Neither a step up to the last one, nor the digits of the last one within two steps of it.
  boolean isFresh(long step, String digits) {
    boolean justSeen = digits.equals(app.lastDigits()) && step - app.lastStep() <= 2;
    return step > app.lastStep() && !justSeen;
  }

  FactorSeen seen() {
    return new FactorSeen(kind, active, failures, failedAt, lastUsed, isApp() ? app : null);
  }
}
