package dev.stile.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.stile.local.Options.BadOptions;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// The one HTTP server, on loopback only. Requests for another host or from another origin are
/// refused, so that no web page elsewhere reaches it through a browser.
final class FrontDoor implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private FrontDoor(HttpServer server) {
    this.server = server;
  }

  static FrontDoor bind(int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      return new FrontDoor(HttpServer.create(address, BACKLOG));
    } catch (BindException e) {
      throw new BadOptions("port " + port + " cannot be used; choose another with --port");
    }
  }

  URI base() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  void open(Function<String, HttpHandler> handlerOfPath) {
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          if (isForeign(exchange)) {
            HttpExchanges.problem(
                exchange,
                Problem.of(ProblemCode.POLICY_DENIED, "This host or origin is not served."),
                UUID.randomUUID().toString());
          } else {
            handlerOfPath.apply(exchange.getRequestURI().getRawPath()).handle(exchange);
          }
        });
    server.start();
  }

  private boolean isForeign(HttpExchange exchange) {
    int port = server.getAddress().getPort();
    String host = exchange.getRequestHeaders().getFirst("Host");
    boolean known =
        ("localhost:" + port).equals(host)
            || ("127.0.0.1:" + port).equals(host)
            || ("[::1]:" + port).equals(host);
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    return !known || (origin != null && !origin.equals(base().toString()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
