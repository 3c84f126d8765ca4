package dev.stile.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands between the functions and DynamoDB and SQS, below the SDK and its retries, and does to
/// one call what is planned. Attempts of the same call are known by the id that the SDK gives them.
final class FaultyWire implements AutoCloseable {
  private static final Set<String> OWN =
      Set.of("host", "content-length", "connection", "upgrade", "http2-settings", "expect");
  private static final int THROTTLED = 400;
  private final URI dynamo;
  private final URI sqs;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> invocations = new ArrayList<>();
  private final List<String> operations = new ArrayList<>();
  private CountDownLatch over = new CountDownLatch(0);
  private CountDownLatch applied = new CountDownLatch(0);
  private @Nullable Plan plan;
  private boolean met;

  /// What happens to an attempt.
  enum Mishap {
    NEVER_ARRIVES,
    ANSWER_LOST,
    THROTTLED,
    TIMES_OUT,
    GARBAGE
  }

  /// Which call of those that follow meets the mishap: its first attempt, or all of them.
  record Plan(int call, Mishap mishap, boolean lasts) {
    @Override
    public String toString() {
      return mishap + (lasts ? " for good" : " once") + " at call " + call;
    }
  }

  private FaultyWire(URI dynamo, URI sqs, HttpServer server) {
    this.dynamo = dynamo;
    this.sqs = sqs;
    this.server = server;
  }

  static FaultyWire before(URI dynamo, URI sqs) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var wire = new FaultyWire(dynamo, sqs, server);
    server.setExecutor(wire.threads);
    server.createContext("/", wire::answer);
    server.start();
    return wire;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Counts calls anew; what hung of the last plan is let go.
  synchronized void plan(@Nullable Plan next) {
    over.countDown();
    over = new CountDownLatch(1);
    applied = new CountDownLatch(1);
    invocations.clear();
    operations.clear();
    plan = next;
    met = false;
  }

  /// The operations called since then, each once however often the SDK repeated it.
  synchronized List<String> operations() {
    return List.copyOf(operations);
  }

  /// Waits until the engine has done what the call of the plan asked for.
  boolean isApplied() {
    CountDownLatch done;
    synchronized (this) {
      done = applied;
    }
    return await(done);
  }

  /// Whether the call of the plan was made at all.
  synchronized boolean met() {
    return met;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String target = header(exchange, "X-Amz-Target");
    Mishap mishap;
    CountDownLatch hanging;
    CountDownLatch done;
    synchronized (this) {
      int call = number(exchange, target);
      boolean planned = plan != null && plan.call() == call;
      boolean again = planned && met;
      mishap = planned && plan != null && (plan.lasts() || !again) ? plan.mishap() : null;
      met |= planned;
      hanging = over;
      done = applied;
    }
    if (mishap == Mishap.THROTTLED) {
      send(
          exchange,
          THROTTLED,
          "{\"__type\":\"com.amazonaws#ThrottlingException\",\"message\":\"slow down\"}");
      return;
    }
    if (mishap == Mishap.NEVER_ARRIVES) {
      exchange.close();
      return;
    }
    HttpResponse<byte[]> answer = forward(exchange, body, target);
    if (mishap == Mishap.TIMES_OUT) {
      done.countDown();
      await(hanging);
    }
    if (mishap == Mishap.GARBAGE) {
      send(exchange, 200, "<html><body>It works!");
    } else if (mishap != null) {
      exchange.close();
    } else {
      pass(exchange, answer);
    }
  }

  private int number(HttpExchange exchange, String target) {
    String invocation = header(exchange, "amz-sdk-invocation-id");
    if (!invocations.contains(invocation)) {
      invocations.add(invocation);
      operations.add(target.replaceFirst(".*\\.", ""));
    }
    return invocations.indexOf(invocation);
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNull(exchange.getRequestHeaders().getFirst(name), name);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void pass(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!OWN.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body, String target)
      throws IOException {
    URI engine = target.startsWith("DynamoDB") ? dynamo : sqs;
    var request =
        HttpRequest.newBuilder(engine.resolve(exchange.getRequestURI().getRawPath()))
            .POST(BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    plan(null);
    server.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }
}
