package dev.stile.lambda.cognito;

import dev.stile.audit.Log;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/// One line for each call that has an outcome to tell: of no person, and without what was answered.
final class TriggerLog {
  private final String trigger;
  private final Clock clock;
  private final Log log;

  TriggerLog(String trigger, Clock clock, Log log) {
    this.trigger = trigger;
    this.clock = clock;
    this.log = log;
  }

  void line(String outcome) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.instant());
    line.put("trigger", trigger);
    line.put("outcome", outcome);
    log.line(line);
  }
}
