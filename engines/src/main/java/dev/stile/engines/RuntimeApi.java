package dev.stile.engines;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The Runtime API of Lambda (2018-06-01) on loopback, for one function that is started elsewhere
/// with the runtime interface client. Events are handed out in order, one at a time.
public final class RuntimeApi implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime/";
  private static final String INVOCATION = BASE + "invocation/";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private final CompletableFuture<ByteBuffer> broken = new CompletableFuture<>();
  private final CompletableFuture<ByteBuffer> initialized = new CompletableFuture<>();
  private final CountDownLatch restored = new CountDownLatch(1);

  private record Invocation(String id, ByteBuffer event, CompletableFuture<ByteBuffer> answer) {}

  private RuntimeApi(HttpServer server) {
    this.server = server;
  }

  public static RuntimeApi start() {
    try {
      var server = HttpServer.create(Loopback.anyPort(), 0);
      var api = new RuntimeApi(server);
      server.setExecutor(api.threads);
      server.createContext("/", api::exchange);
      server.start();
      return api;
    } catch (IOException e) {
      throw new EngineFailure("The Runtime API does not start", e);
    }
  }

  /// What goes into `AWS_LAMBDA_RUNTIME_API`.
  public String authority() {
    return Loopback.ADDRESS + ":" + server.getAddress().getPort();
  }

  /// Has the function answer one event.
  ///
  /// @throws EngineFailure with what the function reports, if it fails or does not start, and if it
  ///   does not answer in time
  public byte[] invoke(byte[] event, Duration patience) throws InterruptedException {
    var invocation =
        new Invocation(
            UUID.randomUUID().toString(), ByteBuffer.wrap(event), new CompletableFuture<>());
    waiting.add(invocation);
    return await(invocation.answer(), patience).array();
  }

  private ByteBuffer await(CompletableFuture<ByteBuffer> answer, Duration patience)
      throws InterruptedException {
    try {
      return answer
          .applyToEither(broken, either -> either)
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineFailure failure
          ? failure
          : new EngineFailure("The function fails", e);
    } catch (TimeoutException e) {
      throw new EngineFailure("The function does not answer within " + patience, e);
    }
  }

  /// Waits until a function that was started for a snapshot has done what it does before one.
  ///
  /// @throws EngineFailure with what the function reports, if it does not get so far
  public void awaitSnapshot(Duration patience) throws InterruptedException {
    await(initialized, patience);
  }

  /// Lets it go on, as after a restore.
  public void restore() {
    restored.countDown();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      if (!Loopback.admits(
          headers.getFirst("Host"), headers.getFirst("Origin"), server.getAddress().getPort())) {
        send(exchange, 403, new byte[0]);
        return;
      }
      route(exchange, exchange.getRequestURI().getPath());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void route(HttpExchange exchange, String path) throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    switch (path) {
      case INVOCATION + "next" -> next(exchange);
      case BASE + "restore/next" -> {
        initialized.complete(ByteBuffer.allocate(0));
        restored.await();
        send(exchange, 200, new byte[0]);
      }
      case BASE + "init/error", BASE + "restore/error" -> {
        broken.completeExceptionally(failure(body));
        send(exchange, 202, new byte[0]);
      }
      default -> {
        boolean known = path.startsWith(INVOCATION) && answered(path, body);
        send(exchange, known ? 202 : 404, new byte[0]);
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    Invocation invocation = waiting.take();
    running.put(invocation.id(), invocation);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(Long.MAX_VALUE));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-central-1:000000000000:function:stand-in");
    send(exchange, 200, invocation.event().array());
  }

  private boolean answered(String path, byte[] body) {
    String[] rest = path.substring(INVOCATION.length()).split("/", -1);
    Optional<Invocation> invocation = Optional.ofNullable(running.remove(rest[0]));
    invocation.ifPresent(one -> {
      if (rest.length == 2 && rest[1].equals("response")) {
        one.answer().complete(ByteBuffer.wrap(body));
      } else {
        one.answer().completeExceptionally(failure(body));
      }
    });
    return invocation.isPresent();
  }

  private static EngineFailure failure(byte[] report) {
    return new EngineFailure("The function fails: " + new String(report, UTF_8), null);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
