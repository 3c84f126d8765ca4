package dev.stile.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityAlertsTest {
  private final List<Map<String, String>> alerts = new ArrayList<>();
  private final SecurityAlerts subscriber = new SecurityAlerts(alerts::add);

  private static String event(String id, String type) {
    return """
    {"id": "%s", "type": "dev.stile.%s", "subject": "ann",
     "data": {"factor": {"id": "fct_1", "type": "sms"}, "reason": "too_many_failures"}}
    """
        .formatted(id, type);
  }

  private List<String> handle(String... bodies) {
    var batch = new SQSEvent();
    List<SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      var message = new SQSMessage();
      message.setMessageId("m" + messages.size());
      message.setBody(body);
      messages.add(message);
    }
    batch.setRecords(messages);
    return subscriber.handle(batch).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  @Test
  void alertsOfADisabledFactorOnceHoweverOftenItIsTold() {
    String disabled = event("evt_1", "factor.disabled");
    assertThat(handle(disabled, event("evt_2", "guess.rejected"), disabled)).isEmpty();
    assertThat(handle(disabled)).isEmpty();
    assertThat(alerts)
        .containsExactly(Map.of("user", "ann", "factor", "fct_1", "why", "too_many_failures"));
  }

  @Test
  void givesBackOnlyWhatItCannotRead() {
    assertThat(handle("not json", event("evt_3", "factor.disabled"))).containsExactly("m0");
    assertThat(alerts).hasSize(1);
  }
}
