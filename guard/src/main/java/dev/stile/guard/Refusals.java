package dev.stile.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stile.verifier.Requirement;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/// The answers to whoever may not pass, each as a problem (RFC 9457), and for a step-up in the
/// header too (RFC 9470 §3). They tell what would be enough and nothing of what was wrong with the
/// token.
final class Refusals {
  private static final String PROBLEMS = "https://stile.dev/problems/";

  private final Requirement requirement;
  private final URI challenges;

  Refusals(Requirement requirement, URI challenges) {
    this.requirement = requirement;
    this.challenges = challenges;
  }

  /// RFC 6750 §3.1: no error where no token came.
  Answer unauthenticated(Map<String, String> details) {
    return answer(
        401,
        Map.of("www-authenticate", "Bearer"),
        problem("unauthenticated", "A grant is needed", stepUp(details)));
  }

  Answer insufficient(Map<String, String> details) {
    String title = "A stronger or fresher authentication is needed";
    return answer(
        401,
        Map.of("www-authenticate", requirement.challenge()),
        problem("insufficient_user_authentication", title, stepUp(details)));
  }

  /// RFC 9449 §7.1: the grant is good, and another proof would do.
  Answer unproven() {
    return answer(
        401,
        Map.of("www-authenticate", "DPoP error=\"invalid_dpop_proof\", algs=\"ES256 RS256\""),
        problem("invalid_dpop_proof", "A proof of the grant's key is needed", Map.of()));
  }

  /// Not 401: whoever repeats a request because its answer was lost must not be led to approve and
  /// pay again.
  Answer used() {
    return answer(409, Map.of(), problem("grant_consumed", "The grant has been used", Map.of()));
  }

  Answer unavailable() {
    return answer(
        503,
        Map.of("retry-after", "1"),
        problem("unavailable", "The grant cannot be checked now", Map.of()));
  }

  /// What to ask for, and where; `action` and `binding` are the body of that request.
  private Map<String, Object> stepUp(Map<String, String> details) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (!requirement.levels().isEmpty()) {
      members.put("acr_values", String.join(" ", requirement.levels()));
    }
    requirement.age().ifPresent(age -> members.put("max_age", age.toSeconds()));
    members.put("challenge_uri", challenges.toString());
    members.put("action", requirement.action());
    members.put("binding", details);
    return members;
  }

  private static Map<String, Object> problem(
      String code, String title, Map<String, Object> members) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", PROBLEMS + code.replace('_', '-'));
    problem.put("title", title);
    problem.put("code", code);
    problem.putAll(members);
    return problem;
  }

  private static Answer answer(int status, Map<String, String> more, Map<String, Object> problem) {
    problem.put("status", status);
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("content-type", "application/problem+json");
    headers.put("cache-control", "no-store");
    return new Answer(status, headers, JSONObjectUtils.toJSONString(problem));
  }
}
