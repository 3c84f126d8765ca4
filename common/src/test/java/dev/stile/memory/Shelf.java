package dev.stile.memory;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Challenges that one write changes together.
class Shelf {
  private final Map<ChallengeId, Entry> entries = new LinkedHashMap<>();
  private long epoch;

  final void copyTo(Shelf other) {
    other.entries.putAll(entries);
  }

  /// All that writes can change of challenges.
  final Object challengesNow() {
    Map<ChallengeId, Object> all = new HashMap<>();
    entries.forEach((id, entry) -> all.put(id, entry.snapshot()));
    return all;
  }

  final @Nullable Entry entry(ChallengeId id) {
    return entries.get(id);
  }

  final List<Challenge> challenges() {
    return entries.values().stream().map(Entry::challenge).toList();
  }

  final void put(Entry entry) {
    entries.put(entry.id(), entry.inEpoch(epoch));
  }

  /// Cancels what was asked in an epoch before this one and is still open.
  final void begin(long current) {
    epoch = current;
    entries.replaceAll((id, entry) -> entry.inEpoch(current));
  }

  final void drop(Set<ChallengeId> ids) {
    entries.keySet().removeAll(ids);
  }
}
