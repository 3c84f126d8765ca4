package dev.stile.model;

import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.Status;
import dev.stile.factor.FactorKind;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The observable state, by labels.
record Seen(
    boolean everEnrolled,
    SortedMap<String, FactorSeen> factors,
    SortedMap<String, ChallengeSeen> challenges) {

  record FactorSeen(
      FactorKind kind,
      boolean active,
      int failures,
      Instant failedAt,
      @Nullable Instant lastUsed,
      @Nullable App app) {}

  /// Where an authenticator app stands.
  record App(long lastStep, @Nullable String lastDigits, @Nullable String lastUser, int drift) {}

  /// `ended` is null while it is live.
  record ChallengeSeen(
      Status status,
      int attemptsLeft,
      @Nullable Instant ended,
      @Nullable String replacedBy,
      @Nullable Sending sending) {}

  record Sending(int generation, Delivery delivery, Instant requested, @Nullable String reason) {}

  /// What the states differ in, for people.
  static String difference(Seen expected, Seen actual) {
    var lines = new StringBuilder();
    if (expected.everEnrolled != actual.everEnrolled) {
      lines.append("\n    everEnrolled: ").append(expected.everEnrolled);
      lines.append(" / ").append(actual.everEnrolled);
    }
    compare(expected.factors, actual.factors, lines);
    compare(expected.challenges, actual.challenges, lines);
    return lines.toString();
  }

  private static <T> void compare(
      SortedMap<String, T> expected, SortedMap<String, T> actual, StringBuilder lines) {
    var labels = new TreeSet<>(expected.keySet());
    labels.addAll(actual.keySet());
    for (String label : labels) {
      T one = expected.get(label);
      T other = actual.get(label);
      if (one == null || !one.equals(other)) {
        lines.append("\n    ").append(label).append("\n      expected ").append(one);
        lines.append("\n      actual   ").append(other);
      }
    }
  }
}
