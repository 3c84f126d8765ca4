package dev.stile.factor;

import dev.stile.factor.Credential.Passkey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One factor of a subject.
public record Factor(
    FactorId id,
    String label,
    Credential credential,
    FactorState state,
    Failures failures,
    Times times) {

  public FactorKind kind() {
    return credential.kind();
  }

  /// Whether it has been proven, or passes for it. Disabled factors count: they still say what the
  /// account once reached.
  public boolean isActive() {
    return state == FactorState.ACTIVE || isDecoy();
  }

  public boolean isDecoy() {
    return state == FactorState.DECOY;
  }

  /// Whether it could answer a challenge, perhaps after a delay.
  public boolean isUsable() {
    return isActive() && !failures.disabled();
  }

  public boolean isPending(Instant now) {
    return state == FactorState.PENDING && times.lapses() != null && now.isBefore(times.lapses());
  }

  public Factor with(Credential changed) {
    return new Factor(id, label, changed, state, failures, times);
  }

  /// The same factor after an answer.
  public Factor usedAt(Instant now, Credential after) {
    var used = new Times(times.created(), times.lapses(), now, times.cappedUntil());
    return new Factor(id, label, after, state, failures, used);
  }

  /// The same after one more wrong guess.
  public Factor failed(Instant now) {
    return new Factor(id, label, credential, state, failures.plusOne(now), times);
  }

  /// What one loss takes together: all factors of a kind, all passkeys that one account syncs, but
  /// a passkey that stays on its device alone. Of one channel no two factors count as two.
  public String channel() {
    boolean alone = credential instanceof Passkey passkey && !passkey.record().backup().state();
    return alone ? id.text() : kind().wire();
  }

  /// Whether it is a key that cannot leave its device, as the maker of the device attests.
  public boolean isHardware() {
    return credential instanceof Passkey passkey
        && !passkey.record().backup().eligible()
        && passkey.record().authenticator().isAttested();
  }

  /// Whether it was bound by a recovery code, and not long ago: then it reaches no more than that
  /// did.
  public boolean isCapped(Instant now) {
    return times.cappedUntil() != null && now.isBefore(times.cappedUntil());
  }

  /// When it was made, when an unproven one lapses, when it last answered, until when it is capped.
  public record Times(
      Instant created,
      @Nullable Instant lapses,
      @Nullable Instant lastUsed,
      @Nullable Instant cappedUntil) {
    /// Those of a factor that is not capped.
    public Times(Instant created, @Nullable Instant lapses, @Nullable Instant lastUsed) {
      this(created, lapses, lastUsed, null);
    }
  }
}
