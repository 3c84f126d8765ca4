package dev.stile.verifier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An issuer's key endpoint on loopback that can be made to lie, stall and break.
public final class JwksServer implements AutoCloseable {
  static final String PATH = "/.well-known/jwks.json";

  final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile HttpHandler answer;

  public JwksServer(String keys) {
    this(onLoopback(), keys);
  }

  /// On a server that is not started yet.
  public JwksServer(HttpServer server, String keys) {
    this.server = server;
    answer = json(keys);
    server.setExecutor(threads);
    server.createContext(
        PATH,
        exchange -> {
          requests.incrementAndGet();
          answer.handle(exchange);
        });
    server.start();
  }

  private static HttpServer onLoopback() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public int requests() {
    return requests.get();
  }

  public URI issuer() {
    String base = server instanceof HttpsServer ? "https://localhost:" : "http://127.0.0.1:";
    return URI.create(base + server.getAddress().getPort());
  }

  HttpHandler answer() {
    return answer;
  }

  public void answers(HttpHandler handler) {
    answer = handler;
  }

  public void serves(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  public static HttpHandler json(String body) {
    return status(200, body);
  }

  public static HttpHandler status(int status, String body) {
    return exchange -> send(exchange, status, Forge.bytes(body));
  }

  public static HttpHandler redirect(String to) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", to);
      send(exchange, 302, Forge.bytes("elsewhere"));
    };
  }

  /// Says nothing until the server closes.
  public HttpHandler stalling() {
    return exchange -> {
      await(closing);
      exchange.close();
    };
  }

  /// Sends the head and one byte of a body, then nothing.
  public HttpHandler dripping() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      await(closing);
      exchange.close();
    };
  }

  /// A chunked body that goes on for as long as somebody reads.
  public static HttpHandler endless() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        for (int i = 0; i < 10_000; i++) {
          body.write(new byte[8192]);
        }
      }
    };
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
