package dev.stile.edge;

import dev.stile.audit.Log;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers one HTTP event. Holds the one broad catch: a problem becomes its answer, a fault 503,
/// neither an approval nor a wrong answer. Writes one line, which also holds the request's metrics,
/// without payload or personal data.
public final class HttpEdge {
  private final Clock clock;
  private final Log log;

  @Inject
  public HttpEdge(Clock clock, Log log) {
    this.clock = clock;
    this.log = log;
  }

  public void answer(InputStream in, OutputStream out, Function<Request, Response> route)
      throws IOException {
    long started = System.nanoTime();
    var request = new Request(HttpEvents.read(in));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.instant());
    line.put("request_id", request.id());
    request.header("x-amzn-trace-id").map(Trace::clean).ifPresent(t -> line.put("trace_id", t));
    line.put("route", request.route());
    Response response = answer(request, route, line, started);
    HttpEvents.write(out, response);
    log.line(line);
  }

  private Response answer(
      Request request, Function<Request, Response> route, Map<String, Object> line, long started) {
    Response response;
    @Nullable ProblemCode code = null;
    @Nullable RuntimeException fault = null;
    try {
      response = route.apply(request);
    } catch (ProblemException e) {
      code = e.problem().code();
      response = Response.of(e.problem(), request.id(), clock.instant());
    } catch (RuntimeException e) {
      fault = e;
      code = ProblemCode.UNAVAILABLE;
      response = Response.of(Problem.of(code), request.id(), clock.instant());
    }
    line.put("status", response.status());
    if (code != null) {
      line.put("code", code.wire());
    }
    if (fault != null) {
      line.put("fault", Faults.describe(fault));
    }
    var ending = new RequestMetrics.Ending(response.status(), code, fault);
    long millis = (System.nanoTime() - started) / 1_000_000;
    RequestMetrics.add(line, request, ending, millis, clock.instant());
    return response;
  }
}
