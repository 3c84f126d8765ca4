package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord.About;
import dev.stile.factor.Factor;
import dev.stile.factor.Failures;
import dev.stile.outbox.Change.Image;
import dev.stile.outbox.Change.OfFactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What has happened to a factor itself.
final class FactorTransitions {
  private static final String TOO_MANY = "too_many_failures";

  private final OfFactor change;
  private final About about;
  private final List<Transition> found = new ArrayList<>();

  private FactorTransitions(OfFactor change, Factor factor) {
    this.change = change;
    this.about = new About(factor.id(), factor.kind(), null, null);
  }

  static List<Transition> of(OfFactor change) {
    Image before = change.before();
    Image after = change.after();
    var transitions = new FactorTransitions(change, change.newest().factor());
    if (after == null) {
      transitions.gone(change.newest().factor());
    } else if (before == null) {
      transitions.made(after);
    } else {
      transitions.compare(before.factor(), after);
    }
    return transitions.found;
  }

  /// A passkey may come with its proof. Nobody enrolled a decoy, nor is it ever proven or removed.
  private void made(Image image) {
    Factor factor = image.factor();
    if (!factor.isDecoy()) {
      Transition.Type type =
          factor.isActive() ? Transition.Type.FACTOR_ADDED : Transition.Type.FACTOR_PENDING;
      add(Draft.of(type, factor.times().created()).by(image.call()));
    }
  }

  /// An enrollment that had lapsed was swept, by whomever.
  private void gone(Factor factor) {
    Instant at = change.origin().at();
    if (factor.isActive() && !factor.isDecoy()) {
      add(Draft.of(Transition.Type.FACTOR_REMOVED, at));
    } else if (factor.isPending(at)) {
      add(Draft.of(Transition.Type.FACTOR_ABANDONED, at));
    }
  }

  private void compare(Factor before, Image image) {
    Factor after = image.factor();
    Instant used = after.times().lastUsed();
    Instant at = change.origin().at();
    if (after.isActive() && !before.isActive()) {
      add(Draft.of(Transition.Type.FACTOR_ADDED, used == null ? at : used).by(image.call()));
    } else if (!after.label().equals(before.label())) {
      // A label can come back: only the stream tells one time from another.
      add(Draft.of(Transition.Type.FACTOR_RENAMED, at).which(change.origin().eventId()));
    }
    if (after.failures().count() > before.failures().count()) {
      failed(after.failures(), image);
    }
  }

  /// A wrong code was counted: that of a challenge, or the first one of an enrollment.
  private void failed(Failures failures, Image image) {
    Instant at = failures.last();
    String which = failures.count() + "@" + at.toEpochMilli();
    add(
        Draft.of(Transition.Type.GUESS_REJECTED, at)
            .because("code_incorrect")
            .by(image.call())
            .which(which));
    if (failures.disabled()) {
      add(Draft.of(Transition.Type.FACTOR_DISABLED, at).because(TOO_MANY).which(which));
    } else if (failures.count() >= Failures.FIRST_DELAYED) {
      add(
          Draft.of(Transition.Type.FACTOR_LOCKED, at)
              .because(TOO_MANY)
              .which(which)
              .with("retry_at", failures.delayedUntil().toString()));
    }
  }

  private void add(Draft draft) {
    found.add(draft.of(change.subject(), about));
  }
}
