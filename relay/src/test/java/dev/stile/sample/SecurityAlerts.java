package dev.stile.sample;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Raises an alert when a factor is disabled. An event may come twice: its id tells. In production
/// the ids belong into a table of yours, put there only if absent.
public final class SecurityAlerts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DISABLED = "dev.stile.factor.disabled";

  private final Consumer<Map<String, String>> alerts;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  public SecurityAlerts(Consumer<Map<String, String>> alerts) {
    this.alerts = alerts;
  }

  /// What cannot be worked on comes again, the rest does not.
  public SQSBatchResponse handle(SQSEvent batch) {
    List<BatchItemFailure> failures =
        batch.getRecords().stream()
            .filter(message -> !work(message.getBody()))
            .map(message -> new BatchItemFailure(message.getMessageId()))
            .toList();
    return new SQSBatchResponse(failures);
  }

  private boolean work(String body) {
    try {
      JsonNode event = JSON.readTree(body);
      if (event.at("/type").asText().equals(DISABLED) && seen.add(event.at("/id").asText())) {
        alerts.accept(
            Map.of(
                "user", event.at("/subject").asText(),
                "factor", event.at("/data/factor/id").asText(),
                "why", event.at("/data/reason").asText()));
      }
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
