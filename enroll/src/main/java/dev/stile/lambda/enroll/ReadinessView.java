package dev.stile.lambda.enroll;

import dev.stile.assurance.Readiness;
import dev.stile.assurance.Readiness.Count;
import dev.stile.assurance.Readiness.Found;
import dev.stile.edge.Views;
import dev.stile.factor.FactorId;
import dev.stile.factor.recovery.RecoveryCodes.Remaining;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Readiness as the API shows it.
final class ReadinessView {
  private ReadinessView() {}

  static Map<String, Object> of(Readiness readiness, Instant now) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("factors", readiness.counts().stream().map(ReadinessView::count).toList());
    view.put("independent", readiness.independent());
    Remaining codes = readiness.codes();
    view.put("recovery_codes", codes == null ? Map.of("left", 0) : codes(codes, now));
    view.put("hints", readiness.hints().stream().map(ReadinessView::hint).toList());
    return view;
  }

  private static Map<String, Object> count(Count count) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("type", count.kind().wire());
    view.put("active", count.active());
    view.put("locked", count.locked());
    view.put("disabled", count.disabled());
    view.put("pending", count.pending());
    return view;
  }

  private static Map<String, Object> codes(Remaining codes, Instant now) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("left", codes.codes());
    view.put("created_at", codes.made());
    view.put("disabled", codes.failures().disabled());
    if (!codes.failures().disabled() && !codes.failures().admitsGuess(now)) {
      view.put("locked_until", Views.wholeSecond(codes.failures().delayedUntil()));
    }
    return view;
  }

  private static Map<String, Object> hint(Found found) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("code", found.hint().wire());
    view.put("text", found.hint().text());
    if (!found.factors().isEmpty()) {
      view.put("factor_ids", found.factors().stream().map(FactorId::text).toList());
    }
    return view;
  }
}
