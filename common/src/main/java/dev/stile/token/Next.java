package dev.stile.token;

import dev.stile.challenge.Chain;
import dev.stile.challenge.Passed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a factor leads to that is not the last of its chain: the right of one principal to be asked
/// for the next, once, for the same action and transaction. It is no grant, and no resource server
/// is its audience.
public record Next(
    String id,
    Grant.Party party,
    Grant.Transaction transaction,
    Standing standing,
    Instant issued) {
  public static final String TYPE = "stepup-next+jwt";
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  /// Where the chain stands: the digest of the principal that it belongs to, what has passed, the
  /// level that was asked for if one was, and the subject's epoch.
  public record Standing(String owner, List<Passed> passed, @Nullable String floor, long epoch) {
    public Standing {
      passed = List.copyOf(passed);
      if (passed.isEmpty() || passed.size() >= Chain.LONGEST) {
        throw new IllegalArgumentException("a chain goes on after 1 to 3 factors");
      }
    }
  }

  public Instant expires() {
    return issued.plus(LIFETIME);
  }
}
