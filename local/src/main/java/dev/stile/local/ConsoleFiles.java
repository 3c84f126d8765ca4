package dev.stile.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files of the console, and the description of the API as it was written and as JSON for the
/// reference, under a policy that lets the page load and call nothing but this server.
final class ConsoleFiles {
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'";

  private static final Pattern NAME =
      Pattern.compile("/console/([a-z-]+\\.(html|js|css|svg|yaml|json))");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          // Shown rather than saved.
          "yaml", "text/plain; charset=utf-8");

  private static final Map<String, String> PAGES =
      Map.of("/", "/console/index.html", "/console/api", "/console/api.html");

  void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    var name = NAME.matcher(PAGES.getOrDefault(path, path));
    byte[] file =
        exchange.getRequestMethod().equals("GET") && name.matches() ? read(name.group(1)) : null;
    if (file == null) {
      HttpExchanges.problem(
          exchange, Problem.of(ProblemCode.NOT_FOUND), UUID.randomUUID().toString());
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", TYPES.getOrDefault(name.group(2), "text/plain"));
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("Cache-Control", "no-cache");
    HttpExchanges.send(exchange, 200, file);
  }

  private static byte @Nullable [] read(String name) throws IOException {
    if (name.equals("openapi.json")) {
      byte[] yaml = read("openapi.yaml");
      return yaml == null ? null : new YAMLMapper().readTree(yaml).toString().getBytes(UTF_8);
    }
    try (InputStream in = ConsoleFiles.class.getResourceAsStream("console/" + name)) {
      return in == null ? null : in.readAllBytes();
    }
  }
}
