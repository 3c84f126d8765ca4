package dev.stile.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.verifier.Forge;
import dev.stile.verifier.JwksServer;
import dev.stile.verifier.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The authorizer from its zip, with the variables of its module, over TLS to an issuer's keys.
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux")
class RunningAuthorizerZipTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  @Test
  void passesAGrantAndDeniesWhatIsNone() throws Exception {
    Deployed function = Deployed.authorizer();
    Path task = Zip.of(function.zip()).unpack(folder.resolve("task"));
    Files.writeString(task.resolve("policy.json"), policy());
    Tls tls = Tls.in(folder);
    Forge keys = new Forge();
    try (var issuer = new JwksServer(tls.server(), keys.published())) {
      Map<String, String> environment = new HashMap<>(Deployed.shared());
      environment.put("STILE_ISSUER", issuer.issuer().toString());
      environment.put("STILE_AUDIENCE", "payments");
      assertThat(environment.keySet()).containsAll(function.environment());
      Forge forge = keys.named(issuer.issuer()).at(Instant.now());
      try (var lambda = Lambda.start(task, function.handler(), tls.trust(), environment)) {
        assertThat(lambda.invoke(request(forge.genuine())).get("isAuthorized"))
            .as(lambda.output())
            .isEqualTo(JSON.readTree("true"));
        assertThat(lambda.invoke(request("none")).get("isAuthorized"))
            .isEqualTo(JSON.readTree("false"));
      }
    }
  }

  /// The minimal example's, with a route of an API.
  private static String policy() throws Exception {
    ObjectNode policy = (ObjectNode) JSON.readTree(Deployed.policy());
    ((ObjectNode) policy.get("actions")).putObject("transfer").put("acr", "aal2");
    policy.putObject("routes").putObject("POST /transfers").put("action", "transfer");
    return policy.toString();
  }

  private static JsonNode request(String token) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("type", "REQUEST").put("routeKey", "POST /transfers");
    event.put("rawPath", "/transfers").put("rawQueryString", "");
    event.putArray("identitySource").add("Bearer " + token);
    event.putObject("headers").put("authorization", "Bearer " + token);
    event
        .putObject("requestContext")
        .put("requestId", "request-1")
        .put("routeKey", "POST /transfers")
        .put("stage", "$default")
        .putObject("http")
        .put("method", "POST")
        .put("path", "/transfers")
        .put("sourceIp", "192.0.2.7");
    return event;
  }
}
