package dev.stile.lambda.authorizer;

import dev.stile.lambda.authorizer.Decision.Denied;
import dev.stile.lambda.authorizer.Decision.Granted;
import dev.stile.lambda.authorizer.Decision.LeftToTheGuard;
import dev.stile.lambda.authorizer.Decision.StepUp;
import dev.stile.verifier.Requirement;
import dev.stile.verifier.VerifiedGrant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The two forms in which API Gateway takes a decision. What is allowed is this very request; what
/// is denied is everything.
final class Answers {
  private static final String NOBODY = "nobody";

  private Answers() {}

  /// Of an HTTP API with simple responses.
  static Map<String, Object> simple(Decision decision) {
    boolean passes = decision instanceof Granted || decision instanceof LeftToTheGuard;
    return Map.of("isAuthorized", passes, "context", context(decision));
  }

  /// An IAM policy. Its `context` reaches gateway responses as `$context.authorizer.…`.
  static Map<String, Object> policy(Decision decision, String arn) {
    return decision instanceof Granted(VerifiedGrant grant)
        ? policy(grant.subject(), "Allow", arn, context(decision))
        : policy(NOBODY, "Deny", "*", context(decision));
  }

  /// A denial for an event of which not even the form is known.
  static Map<String, Object> denial() {
    var answer = new LinkedHashMap<>(policy(NOBODY, "Deny", "*", Map.of()));
    answer.put("isAuthorized", false);
    return answer;
  }

  private static Map<String, Object> policy(
      String principal, String effect, String arn, Map<String, String> context) {
    Map<String, Object> statement =
        Map.of("Effect", effect, "Action", "execute-api:Invoke", "Resource", arn);
    return Map.of(
        "principalId",
        principal,
        "policyDocument",
        Map.of("Version", "2012-10-17", "Statement", List.of(statement)),
        "context",
        context);
  }

  private static Map<String, String> context(Decision decision) {
    return switch (decision) {
      case Granted(VerifiedGrant grant) -> context(grant);
      case LeftToTheGuard left -> Map.of("stepup", "needed");
      case StepUp(Requirement needed) -> context(needed);
      case Denied denied -> Map.of();
    };
  }

  private static Map<String, String> context(VerifiedGrant grant) {
    Map<String, String> context = new LinkedHashMap<>();
    context.put("stepup", "granted");
    context.put("sub", grant.subject());
    context.put("client_id", grant.clientId());
    context.put("action", grant.action());
    context.put("acr", grant.acr());
    context.put("amr", String.join(" ", grant.amr()));
    context.put("auth_time", Long.toString(grant.authTime().getEpochSecond()));
    context.put("jti", grant.id());
    context.put("txn", grant.transaction());
    context.put("bnd", grant.binding().value());
    return context;
  }

  private static Map<String, String> context(Requirement needed) {
    Map<String, String> context = new LinkedHashMap<>();
    context.put("stepup", "needed");
    context.put("error", "insufficient_user_authentication");
    context.put("acr_values", String.join(" ", needed.levels()));
    context.put("max_age", needed.age().map(age -> "" + age.toSeconds()).orElse(""));
    context.put("action", needed.action());
    context.put("www_authenticate", needed.challenge());
    return context;
  }
}
