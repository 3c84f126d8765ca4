package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditRecord.About;
import dev.stile.challenge.ChallengeId;
import dev.stile.edge.JsonText;
import dev.stile.subject.Call;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event in the JSON format of CloudEvents 1.0. It names things by their ids; no destination, no
/// transaction and no text that a user wrote is in it. docs/events.md describes each type.
record CloudEvent(String type, String json) {
  private static final String TYPE_PREFIX = "dev.stile.";
  private static final String SCHEMAS = "https://stile.dev/events/1/";

  static CloudEvent of(URI issuer, Transition transition) {
    AuditRecord account = transition.account();
    String type = transition.type().wire();
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("id", account.id().text());
    event.put("source", issuer.toString());
    event.put("type", TYPE_PREFIX + type);
    event.put("subject", account.subject().id());
    event.put("time", account.at().toString());
    event.put("datacontenttype", "application/json");
    event.put("dataschema", SCHEMAS + type + ".json");
    event.put("data", data(transition));
    return new CloudEvent(TYPE_PREFIX + type, JsonText.of(event));
  }

  private static Map<String, Object> data(Transition transition) {
    AuditRecord account = transition.account();
    About about = account.about();
    ChallengeId challenge = about.challenge();
    Call call = account.call();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("tenant", account.subject().tenant().id());
    if (about.factor() != null && about.kind() != null) {
      data.put("factor", Map.of("id", about.factor().text(), "type", about.kind().wire()));
    }
    put(data, "challenge", challenge == null ? null : challenge.text());
    put(data, "action", about.action());
    put(data, "client", call == null ? null : call.client());
    put(data, "request_id", call == null || call.request().isEmpty() ? null : call.request());
    put(data, "reason", account.what().reason());
    data.putAll(transition.details());
    return data;
  }

  private static void put(Map<String, Object> data, String name, @Nullable String value) {
    if (value != null) {
      data.put(name, value);
    }
  }
}
