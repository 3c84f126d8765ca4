package dev.stile.lambda.challenge;

import dev.stile.challenge.Challenge;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody with one destination, and what the storm knows of the challenge under way: all of it
/// from what it did itself, nothing from the stores.
final class StormSubject {
  private static final Duration BETWEEN_SENDS = Duration.ofSeconds(30);

  final Subject subject;
  final FactorId factor;
  final FactorKind kind;
  final String owner;
  private @Nullable Challenge challenge;
  private int generation;
  private Instant asked = Instant.MIN;
  private boolean ended = true;

  StormSubject(Subject subject, FactorId factor, FactorKind kind, String owner) {
    this.subject = subject;
    this.factor = factor;
    this.kind = kind;
    this.owner = owner;
  }

  void asked(Challenge opened, int sent, Instant now) {
    challenge = opened;
    generation = sent;
    asked = now;
    ended = false;
  }

  void end() {
    ended = true;
  }

  Challenge challenge() {
    if (challenge == null) {
      throw new IllegalStateException("nothing was asked");
    }
    return challenge;
  }

  int generation() {
    return generation;
  }

  boolean isLive(Instant now) {
    return challenge != null && !ended && !challenge.lifetime().expired(now);
  }

  boolean canBeAsked(Instant now) {
    return !now.isBefore(asked.equals(Instant.MIN) ? asked : asked.plus(BETWEEN_SENDS));
  }

  /// The name of what is to be sent now.
  String sending() {
    return challenge().id() + "#" + generation;
  }
}
