package dev.stile.engines;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// SNS, SES v2 and KMS on one loopback endpoint. What is sent is kept from the world and handed to
/// an [Outbox]; keys and ciphertexts are real, and so are the refusals. Signatures of requests are
/// not checked.
public final class Capture implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Faults faults = new Faults();
  private final List<CapturedService> services;

  private Capture(HttpServer server, Outbox outbox, KmsKeys keys) {
    this.server = server;
    this.services =
        List.of(new CapturedKms(keys), new CapturedSns(outbox), new CapturedSes(outbox));
  }

  /// Keys that end with the capture.
  public static Capture start(Outbox outbox) {
    return start(outbox, KmsKeys.inMemory());
  }

  /// Keys that are kept in the file, which is created where missing. It holds them in the clear, as
  /// what they seal is the state of a developer's machine.
  public static Capture start(Outbox outbox, Path keys) {
    return start(outbox, KmsKeys.in(keys));
  }

  private static Capture start(Outbox outbox, KmsKeys keys) {
    try {
      var server = HttpServer.create(Loopback.anyPort(), 0);
      var capture = new Capture(server, outbox, keys);
      server.setExecutor(capture.threads);
      server.createContext("/", capture::exchange);
      server.start();
      return capture;
    } catch (IOException e) {
      throw new EngineFailure("The capture does not start", e);
    }
  }

  /// What goes into `endpointOverride` of an SNS, SES v2 or KMS client.
  public URI endpoint() {
    return Loopback.endpoint(server.getAddress().getPort());
  }

  /// What is to go wrong.
  public Faults faults() {
    return faults;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var call =
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      var answer =
          Loopback.admits(
                  headers.getFirst("Host"),
                  headers.getFirst("Origin"),
                  server.getAddress().getPort())
              ? answer(call)
              : Answer.of(403, "text/plain", "for local programs only");
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      var body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answer(Call call) throws InterruptedException {
    for (var service : services) {
      if (service.understands(call)) {
        return answer(service, call);
      }
    }
    return Answer.of(404, "text/plain", "not a call to SNS, SES v2 or KMS");
  }

  private Answer answer(CapturedService service, Call call) throws InterruptedException {
    try {
      var fault = faults.next(service.action(call));
      return fault.isPresent() ? spoil(fault.get(), service, call) : service.answer(call);
    } catch (Refusal e) {
      return service.refuse(e);
    } catch (RuntimeException e) {
      // Of the outbox or the key file: the caller is the only one there is to tell.
      return service.refuse(service.broken(e.toString()));
    }
  }

  private Answer spoil(Fault fault, CapturedService service, Call call)
      throws InterruptedException {
    return switch (fault) {
      case Fault.Throttled() -> throw service.throttled();
      case Fault.Broken() -> throw service.broken("as planned");
      case Fault.Refused(String code) -> throw Refusal.of(code, "as planned");
      case Fault.Unanswered() -> hang();
      case Fault.AnswerLost() -> {
        service.answer(call);
        yield hang();
      }
    };
  }

  private Answer hang() throws InterruptedException {
    closed.await();
    throw new InterruptedException("closed while a caller waited");
  }
}
