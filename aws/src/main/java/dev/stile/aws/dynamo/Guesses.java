package dev.stile.aws.dynamo;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.Retry;
import dev.stile.challenge.Status;
import dev.stile.factor.Failures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The conditions under which a guess is judged at all. They are part of every verdict's write, so
/// that no second write is needed for a limit to hold.
final class Guesses {
  /// The factor is neither delayed nor disabled. One clause for each delay, since an expression
  /// cannot compute one.
  static final String FACTOR = factor();

  /// The challenge `#c` is open to this owner, has guesses left and is of the subject's epoch.
  static final String CHALLENGE =
      "#ch.#c.#st = :pending AND #ch.#c.#own = :own AND #ch.#c.#exp > :now AND #ch.#c.#n <"
          + " :guesses AND (attribute_not_exists(#ep) OR #ch.#c.#ep >= #ep)";

  private Guesses() {}

  private static String factor() {
    var clause = new StringBuilder("#failures < :disabled AND (#failures < :f5");
    for (int count = Failures.FIRST_DELAYED; count < Failures.LONGEST_DELAY_AT; count++) {
      clause.append(" OR (#failures = :f%d AND #failedAt <= :b%d)".formatted(count, count));
    }
    int last = Failures.LONGEST_DELAY_AT;
    return clause
        .append(" OR (#failures >= :f%d AND #failedAt <= :b%d))".formatted(last, last))
        .toString();
  }

  static Expression factor(Expression expression, Instant now) {
    expression.number(":disabled", Failures.DISABLED_AT);
    for (int count = Failures.FIRST_DELAYED; count <= Failures.LONGEST_DELAY_AT; count++) {
      expression.number(":f" + count, count);
      expression.moment(":b" + count, now.minus(Failures.delayAfter(count)));
    }
    return expression;
  }

  static Expression challenge(Expression expression, String challenge, String owner, Instant now) {
    return expression
        .name("#c", challenge)
        .text(":pending", Status.PENDING.wire())
        .text(":own", owner)
        .moment(":now", now)
        .number(":guesses", Challenge.MAX_GUESSES);
  }

  /// The part of an update that keeps what a repeated call is known by; empty where the client
  /// names nothing.
  static String keep(@Nullable Retry retry, Expression expression) {
    if (retry == null) {
      return "";
    }
    expression.text(":idk", retry.key()).text(":ida", retry.answer());
    return ", #ch.#c.#idk = :idk, #ch.#c.#ida = :ida";
  }
}
