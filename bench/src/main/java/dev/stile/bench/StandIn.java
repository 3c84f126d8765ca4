package dev.stile.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stile.aws.snapshot.Rehearsal.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// DynamoDB and KMS that answer at once, as a rehearsal has it: by the sort key that is asked for,
/// or the purpose of the key to unwrap.
final class StandIn implements AutoCloseable {
  private static final Pattern SORT_KEY = Pattern.compile("\"sk\":\\{\"S\":\"([^\"]+)\"");
  private static final Pattern PURPOSE = Pattern.compile("\"purpose\":\"([^\"]+)\"");
  private static final String KEYS = "\"S\":\"K#";
  private static final String DECRYPT = "TrentService.Decrypt";

  private final Map<String, String> answers = new HashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private StandIn(HttpServer server) {
    this.server = server;
  }

  /// Where two steps have answers to the same, the later step's are given.
  static StandIn of(List<Step> steps) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var standIn = new StandIn(server);
    steps.forEach(standIn::learn);
    server.setExecutor(standIn.threads);
    server.createContext("/", standIn::answer);
    server.start();
    return standIn;
  }

  private void learn(Step step) {
    String unwrapped = "";
    for (String line : step.answers()) {
      int space = line.indexOf(' ');
      String operation = line.substring(0, space);
      String body = line.substring(space + 1);
      String name = first(SORT_KEY, body);
      if (operation.equals(DECRYPT)) {
        answers.put(DECRYPT + unwrapped, body);
      } else if (!name.isEmpty()) {
        answers.put(operation + name, body);
      }
      unwrapped = body.contains(KEYS) ? name.replaceFirst("#.*", "") : "";
    }
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : "";
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String operation = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    String name = first(operation.equals(DECRYPT) ? PURPOSE : SORT_KEY, body);
    String answer = answers.get(operation + name);
    byte[] bytes =
        (answer == null ? "{\"__type\":\"not recorded\"}" : answer)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(answer == null ? 400 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
