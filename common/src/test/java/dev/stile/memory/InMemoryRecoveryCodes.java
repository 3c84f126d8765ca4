package dev.stile.memory;

import dev.stile.challenge.Redemptions;
import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Recovery codes, and the verdicts on them, over the table in memory.
public final class InMemoryRecoveryCodes implements RecoveryCodes, Redemptions {
  private final InMemoryStore table;

  public InMemoryRecoveryCodes(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public Optional<Remaining> remaining(Subject subject) {
    return table.atomically(
        () -> Optional.ofNullable(table.profile(subject).recoveryCodes).map(CodeSet::remaining));
  }

  @Override
  public Replacement replace(
      Subject subject, Set<String> digests, Gate.Granted grant, Instant now) {
    return table.atomically(() -> {
      if (table.isBurnt(grant)) {
        return Replacement.GRANT_CONSUMED;
      }
      if (table.profile(subject).activeCount() == 0) {
        return Replacement.NO_FACTOR;
      }
      table.burn(grant);
      table.profile(subject).recoveryCodes = new CodeSet(digests, now);
      return Replacement.DONE;
    });
  }

  @Override
  public Redemption redeem(Presentation presentation, String digest) {
    return table.atomically(() -> {
      CodeSet codes = table.profile(presentation.subject()).recoveryCodes;
      return codes == null || !codes.admits(presentation)
          ? Redemptions.explain(presentation, codes == null ? null : codes.found())
          : codes.judge(presentation, digest);
    });
  }

  /// The codes that one write made, and what came of them.
  static final class CodeSet {
    private final Set<String> digests;
    private final Instant made;
    private Failures failures = Failures.NONE;
    private @Nullable String lastRequest;

    CodeSet(Set<String> digests, Instant made) {
      this.digests = new HashSet<>(digests);
      this.made = made;
    }

    private Remaining remaining() {
      return new Remaining(digests.size(), made, failures);
    }

    private Found found() {
      return new Found(digests.size(), failures, lastRequest);
    }

    private boolean admits(Presentation presentation) {
      return !digests.isEmpty()
          && failures.admitsGuess(presentation.now())
          && !presentation.id().equals(lastRequest);
    }

    private Redemption judge(Presentation presentation, String digest) {
      failures = digests.remove(digest) ? Failures.NONE : failures.plusOne(presentation.now());
      lastRequest = presentation.id();
      return Redemptions.outcome(presentation, found());
    }
  }
}
