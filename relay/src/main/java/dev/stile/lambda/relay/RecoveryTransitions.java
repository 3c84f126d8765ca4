package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord.About;
import dev.stile.outbox.Change.Codes;
import dev.stile.outbox.Change.OfRecoveryCodes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What has happened to a subject's recovery codes: a new set, or one that was tried.
final class RecoveryTransitions {
  private RecoveryTransitions() {}

  static List<Transition> of(OfRecoveryCodes change) {
    Codes before = change.before();
    Codes after = change.after();
    if (after == null) {
      return List.of();
    }
    if (before == null || !before.made().equals(after.made())) {
      return only(
          change,
          Draft.of(Transition.Type.RECOVERY_CREATED, after.made()).which(at(after.made())),
          after);
    }
    Instant tried = Objects.requireNonNullElse(after.tried(), change.origin().at());
    if (after.left() < before.left()) {
      return only(change, Draft.of(Transition.Type.RECOVERY_USED, tried).which(at(tried)), after);
    }
    if (after.failures().count() > before.failures().count()) {
      String which = after.failures().count() + "@" + at(tried);
      return only(
          change,
          Draft.of(Transition.Type.RECOVERY_REJECTED, tried).because("code_incorrect").which(which),
          after);
    }
    return List.of();
  }

  private static long at(Instant moment) {
    return moment.toEpochMilli();
  }

  private static List<Transition> only(OfRecoveryCodes change, Draft draft, Codes after) {
    return List.of(
        draft.with("codes_left", after.left()).of(change.subject(), About.RECOVERY_CODES));
  }
}
