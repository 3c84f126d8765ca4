package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stile.edge.PolicyReader;
import dev.stile.edge.PolicyReader.PolicyRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Holds docs/policy.schema.json to the reader of policies: bent in every place, a document is
/// refused by both or by none. What only the reader can know (names that have to be somewhere else
/// in the document) is told apart.
class PolicySchemaTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Schema SCHEMA = schema();

  /// With every member that there is.
  private static final String FULL =
      """
      {
        "tenant": "acme",
        "name": "Acme Bank",
        "issuers": [
          {"issuer": "https://idp.example", "namespace": "corp", "provider": "entra",
           "audiences": ["api"], "required_claims": {"org_id": "o1"}, "amr": {"mfa": "totp"},
           "claims": {"subject": "sub", "client": "azp", "session": "sid",
                      "auth_time": "at", "acr": "acrs", "amr": "amr"}}
        ],
        "clients": [
          {"id": "web", "token_client_ids": ["spa"], "audiences": ["pay"],
           "host": "acme.example", "locale": "de", "rp_id": "acme.example",
           "origins": ["https://acme.example"]}
        ],
        "levels": [
          {"acr": "aal1", "factors": ["totp", "sms", "email"]},
          {"acr": "aal2", "factors": ["webauthn", "totp"], "user_verification": true,
           "phishing_resistant": true, "hardware": false, "min_factors": 2, "min_classes": 2}
        ],
        "actions": {
          "wire": {"acr": "aal2", "factors": ["totp"], "template": "Wire {amount}",
                   "binding_required": true, "grant_lifetime": "PT1M", "max_age": "PT90S",
                   "single_use": true, "deny": false},
          "vault": {"chain": [{"factors": ["totp"]}, {"factors": ["webauthn", "sms"]},
                              {"factors": ["email"]}],
                    "single_use": false, "reuse_grant": true},
          "manage-factors": {}
        },
        "routes": {"POST /wires/{id}": {"action": "wire", "guard": true}},
        "countries": ["CH", "DE"],
        "messages": {
          "de-AT": {
            "sms": "{code} für: {display}",
            "email": {"subject": "Ihr Code", "text": "{code} für: {display}"}
          }
        },
        "limits": {
          "sends": {
            "pause": "PT30S",
            "per_destination": [{"count": 3, "per": "PT10M"}],
            "per_user": {"count": 11, "per": "PT1H"},
            "per_address_prefix": {"count": 12, "per": "PT1H"},
            "per_tenant": {"count": 13, "per": "P1D"}
          },
          "challenges_per_user": {"count": 14, "per": "PT10M"},
          "enrollments_per_user": {"count": 15, "per": "PT10M"}
        }
      }
      """;

  /// What only the reader can know: these name something elsewhere, or are bound to another member.
  private static final Set<String> REFERENCES =
      Set.of(
          "/levels/1 removed",
          "/levels/1/acr other",
          "/levels/0/acr other",
          "/levels/1/min_factors removed",
          "/actions/wire removed",
          "/actions/wire/acr other",
          "/routes/POST ~1wires~1{id}/guard removed",
          "/routes/POST ~1wires~1{id}/action other",
          "/countries/0 other",
          "/countries/1 other");

  private record Bent(String how, JsonNode document) {}

  @Test
  void takesWhatTheReaderTakes() throws IOException {
    Path builtIn = Path.of("src/main/resources/dev/stile/local/policy.json");
    String document = Files.readString(builtIn).replace("{base}", "http://localhost");
    for (String good : List.of(document, FULL)) {
      assertThat(SCHEMA.validate(JSON.readTree(good))).isEmpty();
      assertThat(isRead(JSON.readTree(good))).isTrue();
    }
  }

  @Test
  void refusesWhatTheReaderRefuses() throws IOException {
    JsonNode good = JSON.readTree(FULL);
    List<Bent> bent = new ArrayList<>();
    bend(good, good, "", bent);
    assertThat(bent).hasSizeGreaterThan(300);
    List<String> differ = new ArrayList<>();
    for (Bent one : bent) {
      boolean read = isRead(one.document());
      boolean fits = SCHEMA.validate(one.document()).isEmpty();
      if (read != fits && !REFERENCES.contains(one.how())) {
        differ.add(one.how() + ": the reader " + read + ", the schema " + fits);
      }
      if (read && !fits) {
        differ.add(one.how() + " is taken by the reader alone");
      }
    }
    assertThat(differ).isEmpty();
  }

  /// Every node once removed and once of each other type, and an unknown member in every object.
  private static void bend(JsonNode root, JsonNode node, String at, List<Bent> bent) {
    if (!at.isEmpty()) {
      bent.add(new Bent(at + " removed", changed(root, at, null)));
      for (String other : List.of("null", "7", "-1", "1.5", "true", "\"\"", "\"~\"", "[]", "{}")) {
        if (!other.equals(node.toString())) {
          bent.add(new Bent(at + " " + named(other), changed(root, at, other)));
        }
      }
    }
    if (node instanceof ObjectNode object) {
      ObjectNode more = object.deepCopy().put("unheard-of", 1);
      bent.add(new Bent(at + " with another member", changed(root, at, more.toString())));
    }
    node.propertyStream()
        .forEach(
            member -> bend(root, member.getValue(), at + "/" + escaped(member.getKey()), bent));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      bend(root, node.get(i), at + "/" + i, bent);
    }
  }

  private static String named(String json) {
    return json.equals("\"~\"") ? "other" : json;
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static JsonNode changed(JsonNode root, String pointer, @Nullable String json) {
    try {
      if (pointer.isEmpty()) {
        return JSON.readTree(json);
      }
      JsonNode copy = root.deepCopy();
      int end = pointer.lastIndexOf('/');
      JsonNode parent = copy.at(pointer.substring(0, end));
      String name = pointer.substring(end + 1).replace("~1", "/").replace("~0", "~");
      JsonNode value = json == null ? null : JSON.readTree(json);
      if (parent instanceof ObjectNode object) {
        if (value == null) {
          object.remove(name);
        } else {
          object.set(name, value);
        }
      } else if (parent instanceof ArrayNode array) {
        int index = Integer.parseInt(name);
        if (value == null) {
          array.remove(index);
        } else {
          array.set(index, value);
        }
      }
      return copy;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isRead(JsonNode document) {
    try {
      PolicyReader.document(document.toString().getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (PolicyRefused e) {
      return false;
    }
  }

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(Path.of("../docs/policy.schema.json")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
