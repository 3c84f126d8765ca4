package dev.stile.edge;

import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP answer.
public record Response(int status, Map<String, String> headers, String body) {
  private static final String JSON = "application/json";
  private static final String PROBLEM_JSON = "application/problem+json";

  public static Response of(int status, Map<String, ? extends @Nullable Object> body) {
    return new Response(status, headers(JSON), JsonText.of(body));
  }

  /// 204.
  public static Response none() {
    return new Response(204, Map.of("cache-control", "no-store"), "");
  }

  public Response with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, more, body);
  }

  /// A problem whose moments do not matter, for gateways.
  public static Response of(Problem problem, String requestId) {
    return of(problem, requestId, Instant.EPOCH);
  }

  static Response of(Problem problem, String requestId, Instant now) {
    ProblemCode code = problem.code();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", code.type());
    body.put("title", code.title());
    body.put("status", code.status());
    body.put("detail", problem.detail());
    body.put("code", code.wire());
    body.put("request_id", requestId);
    problem.members().forEach((name, value) -> body.put(name, shown(value)));
    Map<String, String> headers = headers(PROBLEM_JSON);
    retryAfter(problem, now, headers);
    challenge(problem, headers);
    return new Response(code.status(), headers, JsonText.of(body));
  }

  private static Object shown(Object value) {
    return value instanceof Instant moment ? Views.wholeSecond(moment) : value;
  }

  private static void retryAfter(Problem problem, Instant now, Map<String, String> headers) {
    if (problem.members().get("retry_at") instanceof Instant moment) {
      long seconds = Math.max(1, Duration.between(now, moment).plusMillis(999).toSeconds());
      headers.put("retry-after", Long.toString(seconds));
    } else if (problem.code().status() == 503) {
      headers.put("retry-after", "1");
    }
  }

  /// What a client has to do to get in (RFC 6750 §3, RFC 9470 §3).
  private static void challenge(Problem problem, Map<String, String> headers) {
    if (problem.code() == ProblemCode.UNAUTHENTICATED) {
      headers.put("www-authenticate", "Bearer");
    } else if (problem.code() == ProblemCode.INSUFFICIENT_USER_AUTHENTICATION) {
      var value = new StringBuilder("Bearer error=\"insufficient_user_authentication\"");
      for (String member : new String[] {"acr_values", "max_age"}) {
        Object known = problem.members().get(member);
        if (known != null) {
          value.append(", ").append(member).append("=\"").append(known).append('"');
        }
      }
      headers.put("www-authenticate", value.toString());
    }
  }

  private static Map<String, String> headers(String type) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", type);
    headers.put("cache-control", "no-store");
    return headers;
  }
}
