package dev.stile.challenge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a challenge stands among those that lead to one grant: the factors that have passed before
/// it, and how many have to follow. `floor` is the level that was asked for, and that none of them
/// may go under; null where any will do.
public record Chain(List<Passed> passed, int following, @Nullable String floor) {
  /// Of several factors (RFC 8176 §2).
  private static final String MULTIPLE = "mfa";

  /// How many factors an action may take.
  public static final int LONGEST = 4;

  /// Of a challenge that leads to its grant alone.
  public static final Chain SINGLE = new Chain(List.of(), 0, null);

  public Chain {
    passed = List.copyOf(passed);
  }

  /// Whether an answer leads to the next challenge, and not to a grant.
  public boolean goesOn() {
    return following > 0;
  }

  /// All that has passed once this challenge has.
  public List<Passed> with(Passed last) {
    List<Passed> all = new ArrayList<>(passed);
    all.add(last);
    return all;
  }

  /// How the user was authenticated by all of them.
  public List<String> amr(Passed last) {
    Set<String> together = new LinkedHashSet<>();
    with(last).forEach(p -> together.addAll(p.amr()));
    if (!passed.isEmpty()) {
      together.add(MULTIPLE);
    }
    return List.copyOf(together);
  }

  /// When the first of them passed: what they prove together is no fresher than that.
  public Instant since(Passed last) {
    return passed.isEmpty() ? last.at() : passed.getFirst().at();
  }
}
