package dev.stile.interleaving;

import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.DirectVerdicts;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.memory.InMemoryDirectVerdicts;
import dev.stile.memory.InMemoryStore;
import dev.stile.subject.Subject;
import dev.stile.testing.Stores;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One moment of an exploration: the table, the clock, what each caller remembers and how far it
/// got, and the ledger of what callers were told.
final class World {
  private final InMemoryStore table;
  private final Ledger ledger;
  private final Subject subject;
  private final FactorId factor;
  private final int[] taken;
  private final @Nullable Object[] held;
  private Instant now;

  World(InMemoryStore table, Ledger ledger, Subject subject, FactorId factor, Instant now) {
    this(table, ledger, subject, factor, now, 0);
  }

  private World(
      InMemoryStore table,
      Ledger ledger,
      Subject subject,
      FactorId factor,
      Instant now,
      int actors) {
    this.table = table;
    this.ledger = ledger;
    this.subject = subject;
    this.factor = factor;
    this.now = now;
    this.taken = new int[actors];
    this.held = new @Nullable Object[actors];
  }

  /// The same moment, for as many actors who have not begun.
  World before(int actors) {
    return new World(table.copy(), ledger.copy(), subject, factor, now, actors);
  }

  /// What is when this actor has taken its next step.
  World after(int number, Actor actor) {
    var next = new World(table.copy(), ledger.copy(), subject, factor, now, taken.length);
    System.arraycopy(taken, 0, next.taken, 0, taken.length);
    System.arraycopy(held, 0, next.held, 0, held.length);
    next.held[number] = actor.steps().get(taken[number]).take(next, held[number]);
    next.taken[number]++;
    next.ledger.compare(next);
    return next;
  }

  boolean hasSteps(int number, Actor actor) {
    boolean done = taken[number] > 0 && held[number] == null;
    return taken[number] < actor.steps().size() && !done;
  }

  /// Two moments with equal keys have the same future.
  Key key() {
    return Key.of(
        List.of(
            table.snapshot(),
            ledger.snapshot(),
            now,
            Arrays.stream(taken).boxed().toList(),
            Arrays.stream(held).map(Optional::ofNullable).toList()));
  }

  /// A key whose hash is computed once.
  record Key(int hash, List<Object> parts) {
    static Key of(List<Object> parts) {
      return new Key(parts.hashCode(), parts);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  Stores stores() {
    return table.stores();
  }

  DirectVerdicts directVerdicts() {
    return new InMemoryDirectVerdicts(table);
  }

  Ledger ledger() {
    return ledger;
  }

  Subject subject() {
    return subject;
  }

  Factor factor() {
    return stores().factors().find(subject, factor).orElseThrow();
  }

  Challenge challenge(ChallengeId id) {
    return stores().challenges().find(subject, id).orElseThrow();
  }

  Instant now() {
    return now;
  }

  void pass(Instant until) {
    now = until.isAfter(now) ? until : now;
  }

  /// A call that begins now.
  Attempt attempt(ChallengeId id, String request) {
    return new Attempt(subject, id, Scripts.OWNER, request, now);
  }
}
