package dev.stile.aws.door;

import dev.stile.aws.door.SignedCalls.Answer;
import dev.stile.edge.Json;
import dev.stile.edge.JsonObject;
import dev.stile.edge.JsonText;
import dev.stile.problem.ProblemException;
import dev.stile.signin.SignIn.Proof;
import dev.stile.signin.StepUps;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Stile over HTTP. A status of 4xx is an answer; what is none, or cannot be read, is
/// [StepUps.Unavailable].
public final class SignedStepUps implements StepUps {
  private static final String PASSKEY = "webauthn";
  private static final int OK = 200;
  private static final int CREATED = 201;

  private final SignedCalls calls;
  private final String action;

  /// Steps up for this action of the policy.
  public SignedStepUps(SignedCalls calls, String action) {
    this.calls = calls;
    this.action = action;
  }

  @Override
  public Opening open(String user) {
    Answer answer = calls.post(challenges(user), JsonText.of(Map.of("action", action)));
    if (answer.status() != CREATED) {
      return new Opening.Refused(refusal(answer));
    }
    try {
      JsonObject challenge = json(answer);
      String type = challenge.object("factor").map(factor -> factor.text("type")).orElse("");
      return new Opening.Opened(
          new Asked(challenge.text("id"), type), challenge.object(PASSKEY).map(JsonObject::json));
    } catch (ProblemException e) {
      throw new Unavailable("not a challenge");
    }
  }

  @Override
  public Outcome answer(String user, Asked asked, String answer) {
    Optional<String> body = body(asked, answer);
    if (body.isEmpty()) {
      return new Outcome.Rejected("invalid_request");
    }
    Answer verdict =
        calls.post(challenges(user) + "/" + encoded(asked.challenge()) + "/verify", body.get());
    return verdict.status() == OK ? outcome(verdict) : new Outcome.Rejected(refusal(verdict));
  }

  /// By the kind that was fixed when the challenge was opened, never by what the answer looks like.
  private static Optional<String> body(Asked asked, String answer) {
    if (!asked.type().equals(PASSKEY)) {
      return Optional.of(JsonText.of(Map.of("code", answer)));
    }
    try {
      JsonObject credential = Json.object(answer.getBytes(StandardCharsets.UTF_8));
      return Optional.of(JsonText.of(Map.of("credential", credential)));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /// A chain goes on by a token of its own, which cannot travel as an id: it is not approved.
  private static Outcome outcome(Answer verdict) {
    try {
      JsonObject body = json(verdict);
      String status = body.text("status");
      if (!status.equals("approved")) {
        return new Outcome.Rejected(status);
      }
      JsonObject grant = body.object("grant").orElseThrow(() -> body.wrong("grant", "is missing"));
      return new Outcome.Approved(
          new Proof(
              grant.text("acr"),
              grant.texts("amr").orElseThrow(() -> grant.wrong("amr", "is missing")),
              grant.text("txn")));
    } catch (ProblemException e) {
      throw new Unavailable("not a verdict");
    }
  }

  /// API Gateway's own refusal of a signature has no code: it is no verdict, and ours to mend.
  private static String refusal(Answer answer) {
    if (answer.status() < 400 || answer.status() >= 500) {
      throw new Unavailable("status " + answer.status());
    }
    try {
      return json(answer).text("code");
    } catch (ProblemException e) {
      throw new Unavailable("status " + answer.status());
    }
  }

  private static JsonObject json(Answer answer) {
    return Json.object(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String challenges(String user) {
    return "/v1/users/" + encoded(user) + "/challenges";
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
