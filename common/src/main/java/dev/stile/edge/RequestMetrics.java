package dev.stile.edge;

import dev.stile.challenge.ChallengeId;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is measured of one HTTP request: how long its operation took, what class of status it had,
/// the verdict where it asked for one, the limit that it met, the dependency that failed it. An
/// operation is named as at the self-service door, whichever door was used.
final class RequestMetrics {
  private static final List<List<String>> OPERATION = List.of(List.of("operation"));
  private static final List<List<String>> CLASS = List.of(List.of("operation", "status_class"));
  private static final List<List<String>> CODE = List.of(List.of("code"));
  private static final List<List<String>> OUTCOME = List.of(List.of("outcome"));
  private static final List<List<String>> VERDICT =
      List.of(List.of("factor", "outcome"), List.of("outcome"));
  private static final String VERIFY = "POST /v1/challenges/{challenge_id}/verify";
  private static final String VERIFY_AT_ONCE = "POST /v1/verifications";

  /// An app or a recovery code: only the body would tell.
  private static final String AT_ONCE = "at_once";

  private static final String ACTIVATE = "POST /v1/factors/{factor_id}/activate";

  private RequestMetrics() {}

  /// How a request ended: `code` where it was a problem, `fault` where something broke.
  record Ending(int status, @Nullable ProblemCode code, @Nullable RuntimeException fault) {}

  static void add(
      Map<String, Object> line, Request request, Ending ending, long millis, Instant now) {
    String operation = Doors.selfServiceKey(request.route());
    line.put("operation", operation);
    line.put("status_class", ending.status() / 100 + "xx");
    var metrics = new Metrics(line).milliseconds("ms", millis, OPERATION).count("requests", CLASS);
    verdict(metrics, line, request, operation, ending);
    limit(metrics, ending);
    fault(metrics, line, ending);
    metrics.end(now);
  }

  /// Only what was judged, or refused to be judged: not what was malformed or nobody's.
  private static void verdict(
      Metrics metrics, Map<String, Object> line, Request request, String operation, Ending ending) {
    String outcome = outcome(ending);
    if (outcome.isEmpty()) {
      return;
    }
    switch (operation) {
      case VERIFY -> {
        line.put("factor", kind(request));
        line.put("outcome", outcome);
        metrics.count("verdicts", VERDICT);
      }
      case VERIFY_AT_ONCE -> {
        line.put("factor", AT_ONCE);
        line.put("outcome", outcome);
        metrics.count("verdicts", VERDICT);
      }
      case ACTIVATE -> {
        line.put("outcome", outcome);
        metrics.count("activations", OUTCOME);
      }
      default -> {}
    }
  }

  private static String outcome(Ending ending) {
    if (ending.code() == null) {
      return "verified";
    }
    return switch (ending.code()) {
      case CODE_INCORRECT,
          CODE_ALREADY_USED,
          TOO_MANY_ATTEMPTS,
          FACTOR_LOCKED,
          CHALLENGE_EXPIRED,
          ALREADY_COMPLETED,
          UNAVAILABLE ->
          ending.code().wire();
      default -> "";
    };
  }

  /// A challenge's id tells the kind of its factor.
  private static String kind(Request request) {
    try {
      return request.path("challenge_id", ChallengeId::new).kind().wire();
    } catch (ProblemException e) {
      return "unknown";
    }
  }

  private static void limit(Metrics metrics, Ending ending) {
    if (ending.status() == 429 || ending.status() == 423) {
      metrics.count("limited", CODE);
    }
  }

  private static void fault(Metrics metrics, Map<String, Object> line, Ending ending) {
    if (ending.fault() != null) {
      line.put("dependency", Faults.dependency(ending.fault()));
      metrics.count("faults", Metrics.DEPENDENCY);
    } else if (ending.code() == ProblemCode.DELIVERY_UNAVAILABLE) {
      line.put("dependency", "sqs");
      metrics.count("faults", Metrics.DEPENDENCY);
    }
  }
}
