package dev.stile.lambda.cognito;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolCreateAuthChallengeEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolDefineAuthChallengeEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreTokenGenerationEventV2;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolVerifyAuthChallengeResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.aws.runtime.TriggerSurroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Cognito as its documentation has it: calls the triggers through Lambda's own serializers with
/// recorded events, keeps the session and what is private in it, and makes tokens only where Define
/// says so.
public final class UserPool {
  private static final JsonMapper JSON = new JsonMapper();

  private final TriggerSurroundings surroundings;

  public UserPool(TriggerSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// A sign-in of this user whose password was right.
  public SignInFlow signIn(String sub) {
    var flow = new SignInFlow(sub);
    flow.passed("SRP_A");
    flow.expect("PASSWORD_VERIFIER");
    flow.passed("PASSWORD_VERIFIER");
    flow.expect("CUSTOM_CHALLENGE");
    return flow;
  }

  /// The next answer of Define after these steps, as JSON.
  JsonNode define(String sub, String session) {
    return invoke(
        new DefineAuthChallengeHandler(),
        CognitoUserPoolDefineAuthChallengeEvent.class,
        event("define", Map.of("SUB", sub, "SESSION", session)));
  }

  /// Of an event for a user that the pool does not have.
  JsonNode defineUnknown(String event) {
    return invoke(
        new DefineAuthChallengeHandler(),
        CognitoUserPoolDefineAuthChallengeEvent.class,
        event.replace("\"userNotFound\": false", "\"userNotFound\": true"));
  }

  JsonNode create(String sub, String session) {
    return invoke(
        new CreateAuthChallengeHandler(surroundings),
        CognitoUserPoolCreateAuthChallengeEvent.class,
        event("create", Map.of("SUB", sub, "SESSION", session)));
  }

  JsonNode verify(String sub, String parameters, @Nullable String answer) {
    return invoke(
        new VerifyAuthChallengeHandler(surroundings),
        CognitoUserPoolVerifyAuthChallengeResponseEvent.class,
        event("verify", Map.of("SUB", sub, "PRIVATE", parameters, "ANSWER", quoted(answer))));
  }

  JsonNode tokens(String sub, String source) {
    String event = event("pre-token", Map.of("SUB", sub));
    return invoke(
        new PreTokenGenerationHandler(surroundings),
        CognitoUserPoolPreTokenGenerationEventV2.class,
        event.replace(PreTokenGenerationHandler.SIGN_IN, source));
  }

  private static String quoted(@Nullable String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static String event(String name, Map<String, String> values) {
    try (InputStream in = UserPool.class.getResourceAsStream(name + ".json")) {
      String event =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      for (var value : values.entrySet()) {
        event = event.replace("%" + value.getKey() + "%", value.getValue());
      }
      return event;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> JsonNode invoke(RequestHandler<T, T> trigger, Class<T> type, String event) {
    PojoSerializer<T> serializer =
        LambdaEventSerializers.serializerFor(type, UserPool.class.getClassLoader());
    T answer = trigger.handleRequest(serializer.fromJson(event), null);
    var out = new ByteArrayOutputStream();
    serializer.toJson(answer, out);
    try {
      return JSON.readTree(out.toByteArray()).get("response");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One sign-in and its session.
  public final class SignInFlow {
    private final String sub;
    private final ArrayNode session = JSON.createArrayNode();
    private String parameters = "null";
    private String metadata = "";

    private SignInFlow(String sub) {
      this.sub = sub;
    }

    void passed(String challenge) {
      session.addObject().put("challengeName", challenge).put("challengeResult", true);
    }

    private JsonNode next() {
      return define(sub, session.toString());
    }

    private void expect(String challenge) {
      JsonNode next = next();
      if (!next.path("challengeName").asText().equals(challenge)
          || next.path("issueTokens").asBoolean()
          || next.path("failAuthentication").asBoolean()) {
        throw new AssertionError("not " + challenge + ": " + next);
      }
    }

    /// What the client is shown of the challenge that it has to answer.
    public JsonNode challenge() {
      JsonNode created = create(sub, session.toString());
      parameters = created.get("privateChallengeParameters").toString();
      metadata = created.get("challengeMetadata").asText();
      return created.get("publicChallengeParameters");
    }

    public boolean answer(@Nullable String answer) {
      return record(isRight(answer));
    }

    /// The same without the session's going on: what the second of two calls finds.
    public boolean isRight(@Nullable String answer) {
      return verify(sub, parameters, answer).get("answerCorrect").asBoolean();
    }

    private boolean record(boolean right) {
      ObjectNode step = session.addObject().put("challengeName", "CUSTOM_CHALLENGE");
      step.put("challengeResult", right).put("challengeMetadata", metadata);
      return right;
    }

    public boolean mayAnswerAgain() {
      return next().path("challengeName").asText().equals("CUSTOM_CHALLENGE");
    }

    /// The claims that are added to the access token; none where there are no tokens.
    public JsonNode accessToken() {
      if (!next().path("issueTokens").asBoolean()) {
        return JSON.missingNode();
      }
      JsonNode details =
          tokens(sub, PreTokenGenerationHandler.SIGN_IN).path("claimsAndScopeOverrideDetails");
      JsonNode claims = details.at("/accessTokenGeneration/claimsToAddOrOverride");
      if (!claims.equals(details.at("/idTokenGeneration/claimsToAddOrOverride"))) {
        throw new AssertionError("the tokens tell different things: " + details);
      }
      return claims.isMissingNode() ? JSON.createObjectNode() : claims;
    }
  }
}
