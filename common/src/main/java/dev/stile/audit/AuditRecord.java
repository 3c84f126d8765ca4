package dev.stile.audit;

import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One verdict or one change of a factor: whose, what came of it and why, which factor, when, and
/// the call that brought it about, where that is known. Holds no destination, no transaction and no
/// text that a user wrote.
public record AuditRecord(
    EventId id, Instant at, Subject subject, What what, About about, @Nullable Call call) {
  /// After this it is shown no more and swept.
  public static final Duration RETENTION = Duration.ofDays(400);

  private static final Pattern WORDS = Pattern.compile("[a-z_]{1,40}(\\.[a-z_]{1,40})?");

  /// What happened, as in the type of its event: `challenge.approved`. The reason is a word for a
  /// class of reasons: `code_incorrect`.
  public record What(String type, Outcome outcome, @Nullable String reason) {
    public What {
      if (!isWord(type) || (reason != null && !isWord(reason))) {
        throw new IllegalArgumentException("types and reasons are words of a-z, _ and one dot");
      }
    }

    private static boolean isWord(String text) {
      return WORDS.matcher(text).matches();
    }
  }

  public enum Outcome {
    SUCCESS,
    FAILURE;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What it happened to: the factor and its kind, neither where it was the recovery codes; the
  /// challenge with its action where there was one.
  public record About(
      @Nullable FactorId factor,
      @Nullable FactorKind kind,
      @Nullable ChallengeId challenge,
      @Nullable String action) {
    public static final About RECOVERY_CODES = new About(null, null, null, null);
  }
}
