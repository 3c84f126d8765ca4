package dev.stile.token;

import dev.stile.key.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The signing keys of one algorithm through their lives, in the order of their use. The state of a
/// key follows from moments that were written beforehand, so that every process sees it change at
/// once and nobody has to write when it does.
public record KeyRegister(SigningAlgorithm algorithm, long version, List<Entry> entries) {
  /// How long a key is published before it signs: longer than anybody keeps a key set.
  public static final Duration AHEAD = Duration.ofHours(24);

  /// How long a key signs.
  public static final Duration USED = Duration.ofDays(30);

  /// How long a key is published after its last grant.
  public static final Duration AFTER = Duration.ofHours(24);

  public KeyRegister {
    entries = List.copyOf(entries);
  }

  /// One in which nothing was ever written.
  public static KeyRegister empty(SigningAlgorithm algorithm) {
    return new KeyRegister(algorithm, 0, List.of());
  }

  /// A key pair, its private half wrapped.
  public record Pair(PublishedKey key, Bytes wrapped) {}

  /// A key with what becomes of it, and when.
  public record Entry(Pair pair, Instant published, Instant usedFrom, @Nullable Instant withdrawn) {
    public String kid() {
      return pair.key().kid();
    }

    boolean isWithdrawn() {
      return withdrawn != null;
    }

    /// Whether it came into use, or will.
    private boolean isEverUsed() {
      return withdrawn == null || usedFrom.isBefore(withdrawn);
    }
  }

  /// Where in its life a key is.
  public enum State {
    /// Verifiers may meet it; nothing is signed with it yet.
    PUBLISHED,
    /// Signs.
    USED,
    /// Signs no more; grants of it may still be out.
    RETIRED,
    /// Verifies nothing any more, from one moment to the next.
    WITHDRAWN,
    /// No grant of it can be out.
    OVER
  }

  public State state(Entry entry, Instant now) {
    if (entry.isWithdrawn()) {
      return State.WITHDRAWN;
    }
    if (now.isBefore(entry.usedFrom())) {
      return State.PUBLISHED;
    }
    if (used(now).filter(entry::equals).isPresent()) {
      return State.USED;
    }
    boolean isOver =
        successor(entry).filter(next -> !now.isBefore(next.usedFrom().plus(AFTER))).isPresent();
    return isOver ? State.OVER : State.RETIRED;
  }

  /// The key that signs. One that was followed never does again, whatever becomes of its successor.
  public Optional<Entry> used(Instant now) {
    return entries.stream()
        .filter(entry -> entry.isEverUsed() && !now.isBefore(entry.usedFrom()))
        .reduce((earlier, later) -> later)
        .filter(entry -> !entry.isWithdrawn());
  }

  /// The keys that verify.
  public List<PublishedKey> published(Instant now) {
    return entries.stream()
        .filter(entry -> isPublished(state(entry, now)))
        .map(entry -> entry.pair().key())
        .toList();
  }

  private static boolean isPublished(State state) {
    return switch (state) {
      case PUBLISHED, USED, RETIRED -> true;
      case WITHDRAWN, OVER -> false;
    };
  }

  /// Whether a successor has to be published, for the key that signs to be followed in time.
  public boolean isDue(Instant now) {
    return !awaitsSuccessor(now)
        && used(now).filter(key -> now.isBefore(key.usedFrom().plus(USED).minus(AHEAD))).isEmpty();
  }

  /// Whether a key is published that will sign.
  public boolean awaitsSuccessor(Instant now) {
    return entries.stream().anyMatch(entry -> state(entry, now) == State.PUBLISHED);
  }

  /// With one more key: used after its time of publication; at once where none signs.
  public KeyRegister with(Pair pair, Instant now) {
    Instant from = used(now).isPresent() ? now.plus(AHEAD) : now;
    List<Entry> all = kept(now);
    // Before one that is published already, if need be: the order is that of their use.
    all.removeIf(entry -> entry.usedFrom().isAfter(from));
    all.add(new Entry(pair, now, from, null));
    entries.stream().filter(entry -> entry.usedFrom().isAfter(from)).forEach(all::add);
    return new KeyRegister(algorithm, version + 1, all);
  }

  /// Without this key, from now on. Where it was the one that signs, none does until one is added.
  public KeyRegister withdrawn(String kid, Instant now) {
    List<Entry> all = kept(now);
    all.replaceAll(entry ->
        entry.kid().equals(kid) && !entry.isWithdrawn()
            ? new Entry(entry.pair(), entry.published(), entry.usedFrom(), now)
            : entry);
    return new KeyRegister(algorithm, version + 1, all);
  }

  /// Whether it has this key and it was not withdrawn.
  public boolean has(String kid) {
    return entries.stream().anyMatch(entry -> entry.kid().equals(kid) && !entry.isWithdrawn());
  }

  private Optional<Entry> successor(Entry entry) {
    return entries.stream().skip(entries.indexOf(entry) + 1L).filter(Entry::isEverUsed).findFirst();
  }

  /// What is over goes; what was withdrawn stays as long as a key that is over would, to be seen.
  private List<Entry> kept(Instant now) {
    List<Entry> kept = new ArrayList<>(entries);
    kept.removeIf(entry ->
        switch (state(entry, now)) {
          case PUBLISHED, USED, RETIRED -> false;
          case OVER -> true;
          case WITHDRAWN -> entry.withdrawn() != null && isLongSince(entry.withdrawn(), now);
        });
    return kept;
  }

  private static boolean isLongSince(Instant moment, Instant now) {
    return !now.isBefore(moment.plus(AHEAD).plus(AFTER));
  }
}
