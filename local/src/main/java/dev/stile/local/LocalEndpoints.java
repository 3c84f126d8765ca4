package dev.stile.local;

import com.sun.net.httpserver.HttpExchange;
import dev.stile.edge.Json;
import dev.stile.edge.JsonObject;
import dev.stile.edge.JsonText;
import dev.stile.engines.Sent;
import dev.stile.lambda.verify.RotationHandler;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// What only the local mode has, under `/local`: tokens for anyone, the inbox, the events, the
/// clock, and what the functions did.
final class LocalEndpoints {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final byte[] NOTHING = {'{', '}'};

  private final IdentityProvider identityProvider;
  private final Inbox inbox;
  private final Traces traces;
  private final LocalClock clock;
  private final RotationHandler rotation;

  LocalEndpoints(
      IdentityProvider identityProvider,
      Inbox inbox,
      Traces traces,
      LocalClock clock,
      RotationHandler rotation) {
    this.identityProvider = identityProvider;
    this.inbox = inbox;
    this.traces = traces;
    this.clock = clock;
    this.rotation = rotation;
  }

  void answer(HttpExchange exchange) throws IOException {
    try {
      route(exchange);
    } catch (ProblemException e) {
      HttpExchanges.problem(exchange, e.problem(), UUID.randomUUID().toString());
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    switch (exchange.getRequestMethod() + " " + path) {
      case "POST /local/token" ->
          HttpExchanges.json(exchange, 200, identityProvider.token(body(exchange)));
      case "POST /local/clock" -> HttpExchanges.json(exchange, 200, clock(body(exchange)));
      case "GET /local/keys" -> keys(exchange, NOTHING);
      case "POST /local/keys" -> keys(exchange, HttpExchanges.body(exchange));
      case "GET /local/inbox" -> list(exchange);
      case "GET /local/inbox/stream" -> stream(exchange, inbox.messages());
      case "GET /local/trace" -> trace(exchange);
      case "GET /local/trace/stream" -> stream(exchange, traces.steps());
      case "GET /local/events" -> events(exchange);
      case "GET /local/idp/.well-known/jwks.json" ->
          HttpExchanges.json(exchange, 200, identityProvider.jwks());
      case "GET /local/idp/.well-known/openid-configuration" ->
          HttpExchanges.json(exchange, 200, identityProvider.metadata());
      default -> throw Problem.of(ProblemCode.NOT_FOUND).asException();
    }
  }

  private static JsonObject body(HttpExchange exchange) throws IOException {
    return Json.object(HttpExchanges.body(exchange));
  }

  /// What the schedule does in an account.
  void rotate() {
    try {
      rotation.handleRequest(
          new ByteArrayInputStream(NOTHING),
          OutputStream.nullOutputStream(),
          new LocalContext("rotation", UUID.randomUUID().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks the function that rotates the keys, as its schedule and whoever runs Stile do.
  private void keys(HttpExchange exchange, byte[] asked) throws IOException {
    var out = new ByteArrayOutputStream();
    var context = new LocalContext("rotation", UUID.randomUUID().toString());
    rotation.handleRequest(new ByteArrayInputStream(asked), out, context);
    HttpExchanges.send(exchange, 200, "application/json", out.toString(StandardCharsets.UTF_8));
  }

  private Map<String, Object> clock(JsonObject asked) {
    Instant now = asked.parse("advance", text -> clock.advance(duration(text)));
    asked.noMore();
    return Map.of("now", now);
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not an ISO 8601 duration such as PT31S", e);
    }
  }

  private void list(HttpExchange exchange) throws IOException {
    Map<String, String> query = HttpExchanges.query(exchange.getRequestURI().getRawQuery());
    String after = query.getOrDefault("after", "");
    List<Map<String, Object>> messages =
        inbox.after(Feed.number(after), query.getOrDefault("to", "")).stream()
            .filter(message -> isLater(message.at(), after))
            .map(Inbox.Message::view)
            .toList();
    HttpExchanges.send(exchange, 200, "application/json", JsonText.of(messages));
  }

  /// Every event as it was published, oldest first.
  private void events(HttpExchange exchange) throws IOException {
    String events =
        inbox.events().stream()
            .map(Sent.Published::message)
            .collect(Collectors.joining(",", "[", "]"));
    HttpExchanges.send(exchange, 200, "application/json", events);
  }

  /// `after` may be a moment in place of an id.
  private static boolean isLater(Instant at, String after) {
    try {
      return at.isAfter(Instant.parse(after));
    } catch (DateTimeParseException e) {
      return true;
    }
  }

  /// What the functions did, for one request or for all that are remembered.
  private void trace(HttpExchange exchange) throws IOException {
    String id = HttpExchanges.query(exchange.getRequestURI().getRawQuery()).getOrDefault("id", "");
    List<Map<String, Object>> steps =
        traces.steps().after(0).stream()
            .filter(step -> id.isEmpty() || step.occasion().traces().contains(id))
            .map(Feed.Entry::view)
            .toList();
    HttpExchanges.send(exchange, 200, "application/json", JsonText.of(steps));
  }

  /// Server-sent events: each entry as it comes, and a comment now and then to notice who left.
  private static void stream(HttpExchange exchange, Feed<?> feed) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    String resumed = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    long seen = resumed == null ? feed.last() : Feed.number(resumed);
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      write(out, ": open\n\n");
      while (true) {
        List<? extends Feed.Entry> entries = feed.await(seen, HEARTBEAT);
        write(out, entries.isEmpty() ? ": here\n\n" : "");
        for (Feed.Entry entry : entries) {
          seen = entry.number();
          Map<String, Object> view = entry.view();
          write(out, "id: " + view.get("id") + "\ndata: " + JsonText.of(view) + "\n\n");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
