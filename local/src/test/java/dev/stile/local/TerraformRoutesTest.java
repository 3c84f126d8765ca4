package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The routes that Terraform makes are those that docs/api/openapi.yaml describes, each behind its
/// door.
class TerraformRoutesTest {
  private static final Path ROUTES = Path.of("../infra/terraform/modules/api/routes.json");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  @Test
  void areThoseThatAreDescribed() throws IOException {
    Map<String, String> described = new TreeMap<>();
    var paths = ApiDescription.ofCheckout().root().child("paths").orElseThrow();
    for (String path : paths.names()) {
      for (String method : paths.child(path).orElseThrow().names()) {
        if (METHODS.contains(method)) {
          described.put(method.toUpperCase(Locale.ROOT) + " " + path, door(path));
        }
      }
    }
    Map<String, String> made = new TreeMap<>();
    for (JsonNode function : Body.read(Files.readString(ROUTES))) {
      function.properties().forEach(route -> made.put(route.getKey(), route.getValue().asText()));
    }
    assertThat(made).isEqualTo(described);
  }

  private static String door(String path) {
    if (path.startsWith("/.well-known/")) {
      return "public";
    }
    return path.startsWith("/v1/users/") ? "back-end" : "self-service";
  }
}
