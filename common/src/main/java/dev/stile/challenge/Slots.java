package dev.stile.challenge;

import dev.stile.factor.FactorKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which challenges of a factor make room for a new one. A factor whose codes are sent has one live
/// challenge, the newest; an authenticator app has up to four. At most eight are kept, the longest
/// ended going first, so that an item stays small whoever opens challenges.
public sealed interface Slots {
  int MAX_ENTRIES = 8;
  int MAX_LIVE = 4;

  /// There is room once these are canceled in favour of the new one and those are dropped.
  record Room(Set<ChallengeId> replaced, Set<ChallengeId> dropped) implements Slots {}

  /// Too many are live; the first of them ends at this moment.
  record Full(Instant until) implements Slots {}

  static Slots plan(List<Challenge> present, FactorKind kind, Instant now) {
    List<Challenge> live = present.stream().filter(c -> c.isLive(now)).toList();
    if (!kind.isOutOfBand() && live.size() >= MAX_LIVE) {
      return new Full(
          live.stream()
              .map(c -> c.lifetime().expires())
              .min(Comparator.naturalOrder())
              .orElse(now));
    }
    Set<ChallengeId> replaced = new HashSet<>();
    if (kind.isOutOfBand()) {
      live.forEach(c -> replaced.add(c.id()));
    }
    return new Room(replaced, dropped(present, now));
  }

  /// What goes where one more is kept.
  static Set<ChallengeId> dropped(List<Challenge> present, Instant now) {
    List<Challenge> ended = new ArrayList<>(present);
    ended.removeIf(c -> c.isLive(now));
    ended.sort(Comparator.comparing(Challenge::ended));
    Set<ChallengeId> dropped = new HashSet<>();
    int kept = present.size();
    for (Challenge challenge : ended) {
      boolean old = challenge.ended().plus(Challenge.READABLE).isBefore(now);
      if (old || kept >= MAX_ENTRIES) {
        dropped.add(challenge.id());
        kept--;
      }
    }
    return dropped;
  }
}
