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

/// Answers one HTTP event. Holds the one broad catch: a problem becomes its answer, a fault 503,
/// neither an approval nor a wrong answer. Writes one line, without payload or personal data.
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
    Response response = answer(request, route, line);
    line.put("status", response.status());
    line.put("ms", (System.nanoTime() - started) / 1_000_000);
    HttpEvents.write(out, response);
    log.line(line);
  }

  private Response answer(
      Request request, Function<Request, Response> route, Map<String, Object> line) {
    Problem problem;
    try {
      return route.apply(request);
    } catch (ProblemException e) {
      problem = e.problem();
    } catch (RuntimeException e) {
      line.put("fault", Faults.describe(e));
      problem = Problem.of(ProblemCode.UNAVAILABLE);
    }
    line.put("code", problem.code().wire());
    return Response.of(problem, request.id(), clock.instant());
  }
}
