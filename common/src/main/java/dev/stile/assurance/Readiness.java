package dev.stile.assurance;

import dev.stile.factor.Account;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.recovery.RecoveryCodes.Remaining;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How well an account would get over the loss of a factor, and what its owner should do about it.
/// `independent` says whether two factors can be used that no one loss takes: they are of different
/// kinds, or passkeys of which no two are synced. `codes` is null where none were ever made.
public record Readiness(
    List<Count> counts, boolean independent, @Nullable Remaining codes, List<Found> hints) {
  /// From this many on, codes are few.
  private static final int FEW = 3;

  public Readiness {
    counts = List.copyOf(counts);
    hints = List.copyOf(hints);
  }

  public static Readiness of(Account account, @Nullable Remaining codes, Instant now) {
    List<Count> counts = new ArrayList<>();
    for (FactorKind kind : FactorKind.values()) {
      Count count = Count.of(kind, account, now);
      if (count.active() + count.disabled() + count.pending() > 0) {
        counts.add(count);
      }
    }
    Set<String> channels =
        account.usable().stream().map(Factor::channel).collect(Collectors.toSet());
    List<Found> hints = new ArrayList<>();
    addShortOfFactors(hints, account, channels.size());
    addInNeed(hints, account, now);
    addShortOfCodes(hints, account, codes, now);
    return new Readiness(counts, channels.size() > 1, codes, hints);
  }

  private static boolean isSynced(Factor factor) {
    return factor.credential() instanceof Passkey passkey && passkey.record().backup().state();
  }

  private static void addShortOfFactors(List<Found> hints, Account account, int channels) {
    List<Factor> usable = account.usable();
    if (usable.isEmpty()) {
      hints.add(Found.of(Hint.NO_FACTOR));
      return;
    }
    if (usable.size() == 1) {
      hints.add(Found.of(Hint.ONE_FACTOR));
    } else if (channels == 1) {
      boolean synced = usable.stream().allMatch(Readiness::isSynced);
      hints.add(Found.of(synced ? Hint.SYNCED_ONLY : Hint.ONE_KIND));
    }
    if (usable.stream().allMatch(f -> f.kind() == FactorKind.EMAIL)) {
      hints.add(Found.of(Hint.EMAIL_ONLY));
    } else if (usable.stream().allMatch(f -> f.kind().isRestricted())) {
      hints.add(Found.of(Hint.RESTRICTED_ONLY));
    }
  }

  private static void addInNeed(List<Found> hints, Account account, Instant now) {
    add(hints, Hint.FACTOR_DISABLED, account, f -> f.isActive() && f.failures().disabled());
    add(hints, Hint.FACTOR_LOCKED, account, f -> Count.isLocked(f, now));
    add(hints, Hint.FACTOR_CAPPED, account, f -> f.isActive() && f.isCapped(now));
  }

  private static void add(
      List<Found> hints, Hint hint, Account account, Predicate<Factor> applies) {
    List<FactorId> factors = account.factors().stream().filter(applies).map(Factor::id).toList();
    if (!factors.isEmpty()) {
      hints.add(new Found(hint, factors));
    }
  }

  private static void addShortOfCodes(
      List<Found> hints, Account account, @Nullable Remaining codes, Instant now) {
    if (codes == null || codes.codes() == 0) {
      if (!account.active().isEmpty()) {
        hints.add(Found.of(Hint.NO_RECOVERY_CODES));
      }
      return;
    }
    if (codes.codes() <= FEW) {
      hints.add(Found.of(Hint.FEW_RECOVERY_CODES));
    }
    if (codes.failures().disabled()) {
      hints.add(Found.of(Hint.RECOVERY_CODES_DISABLED));
    } else if (!codes.failures().admitsGuess(now)) {
      hints.add(Found.of(Hint.RECOVERY_CODES_LOCKED));
    }
  }

  /// The factors of one kind by their state; those that are locked are active too.
  public record Count(FactorKind kind, int active, int locked, int disabled, int pending) {
    private static Count of(FactorKind kind, Account account, Instant now) {
      List<Factor> factors = account.factors().stream().filter(f -> f.kind() == kind).toList();
      return new Count(
          kind,
          number(factors, Factor::isUsable),
          number(factors, f -> isLocked(f, now)),
          number(factors, f -> f.isActive() && f.failures().disabled()),
          number(factors, f -> f.isPending(now)));
    }

    private static boolean isLocked(Factor factor, Instant now) {
      return factor.isUsable() && !factor.failures().admitsGuess(now);
    }

    private static int number(List<Factor> factors, Predicate<Factor> counted) {
      return (int) factors.stream().filter(counted).count();
    }
  }

  /// A hint, and the factors it is about if it is not about all.
  public record Found(Hint hint, List<FactorId> factors) {
    public Found {
      factors = List.copyOf(factors);
    }

    private static Found of(Hint hint) {
      return new Found(hint, List.of());
    }
  }

  /// What an owner should know; the names are stable.
  public enum Hint {
    NO_FACTOR("No factor can be used. Add one."),
    ONE_FACTOR("Only one factor can be used. Add another before it is lost."),
    ONE_KIND("All factors are of one kind. Add one of another, or one loss may take them all."),
    SYNCED_ONLY(
        "All factors are passkeys that one account may sync. Add one that stays on its device."),
    RESTRICTED_ONLY("Codes come by SMS only, which can be diverted. Add another kind of factor."),
    EMAIL_ONLY("Codes come by e-mail only. Add a factor that is not a mailbox."),
    FACTOR_DISABLED("A factor was disabled by too many wrong codes. Remove it and add it again."),
    FACTOR_LOCKED(
        "A factor waits after wrong codes. If these were not yours, change your password."),
    FACTOR_CAPPED("A factor was added with a recovery code and counts for less for 24 hours."),
    NO_RECOVERY_CODES("There are no recovery codes. Make some, and keep them somewhere safe."),
    FEW_RECOVERY_CODES("Few recovery codes are left. Make new ones."),
    RECOVERY_CODES_LOCKED(
        "Recovery codes wait after wrong ones. Were these not yours, make new ones."),
    RECOVERY_CODES_DISABLED("Recovery codes were disabled by too many wrong ones. Make new ones.");

    private final String text;

    Hint(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    /// The name in the API.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
