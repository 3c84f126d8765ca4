package dev.stile.memory;

import dev.stile.challenge.Activations;
import dev.stile.challenge.Challenge;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Activations over the table in memory.
public final class InMemoryActivations implements Activations {
  private final InMemoryStore table;

  public InMemoryActivations(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public Optional<Pending> find(Subject subject, FactorId id) {
    return table.atomically(
        () -> Optional.ofNullable(table.factor(subject, id)).map(InMemoryActivations::pending));
  }

  private static Pending pending(FactorItem item) {
    Optional<Entry> newest =
        item.challenges().stream()
            .max(Comparator.comparing(Challenge::isOpen).thenComparing(c -> c.lifetime().created()))
            .map(c -> item.entry(c.id()));
    return newest
        .map(entry -> new Pending(item.factor(), entry.challenge(), entry.answer()))
        .orElseGet(() -> new Pending(item.factor(), null, null));
  }

  @Override
  public Activation activate(Proof proof, Gate gate) {
    if (!proof.hasBasis()) {
      return reject(proof);
    }
    return table.atomically(() ->
        decide(
            proof,
            subject -> subject.answerIsThatOf(proof),
            subject -> {
              Activation closed = table.closed(proof.subject(), gate);
              if (closed != null) {
                return closed;
              }
              if (gate instanceof Gate.Grant granted) {
                table.burn(granted);
              }
              table.profile(proof.subject()).everEnrolled = true;
              subject.approve(proof, gate);
              return new Activation.Activated();
            }));
  }

  @Override
  public Activation reject(Proof proof) {
    return table.atomically(() -> decide(proof, found -> true, found -> found.count(proof)));
  }

  private Activation decide(
      Proof proof, Function<Waiting, Boolean> unchanged, Function<Waiting, Activation> verdict) {
    FactorItem item = table.factor(proof.subject(), proof.factor());
    if (item == null) {
      return Activations.explain(proof, null, null);
    }
    Challenge read = proof.pending().challenge();
    Entry entry = read == null ? null : item.entry(read.id());
    if (read != null && entry == null) {
      return Activations.explain(proof, item.factor(), null);
    }
    var waiting = new Waiting(item, entry);
    return waiting.admits(proof) && unchanged.apply(waiting)
        ? verdict.apply(waiting)
        : Activations.explain(proof, item.factor(), entry == null ? null : entry.challenge());
  }

  /// A factor and the challenge that proves it, as they are at the write.
  private record Waiting(FactorItem item, @Nullable Entry entry) {
    boolean admits(Proof proof) {
      Factor factor = item.factor();
      return factor.isPending(proof.now())
          && factor.failures().admitsGuess(proof.now())
          && (entry == null
              || (entry.isPending(proof.now()) && entry.challenge().owner().equals(proof.owner())));
    }

    boolean answerIsThatOf(Proof proof) {
      return entry == null || Objects.equals(entry.answer(), proof.pending().answer());
    }

    void approve(Proof proof, Gate gate) {
      if (entry != null) {
        item.put(entry.approved(entry.challenge().progress().lastRequest(), null, proof.now()));
      }
      item.activate(proof.progress(), InMemoryStore.cappedUntil(gate, proof.now()), proof.now());
    }

    Activation count(Proof proof) {
      item.fail(proof.now());
      if (entry == null) {
        int left = Challenge.MAX_GUESSES - item.factor().failures().count();
        return new Activation.Rejected(Math.max(0, left));
      }
      Entry after = entry.guessed(entry.challenge().progress().lastRequest(), null, proof.now());
      item.put(after);
      return new Activation.Rejected(after.challenge().attemptsLeft());
    }
  }
}
