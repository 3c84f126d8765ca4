package dev.stile.lambda.cognito;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolCreateAuthChallengeEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolCreateAuthChallengeEvent.Response;
import dev.stile.aws.runtime.TriggerSurroundings;
import dev.stile.signin.StepUps;
import dev.stile.signin.StepUps.Asked;
import dev.stile.signin.StepUps.Opening.Opened;
import dev.stile.signin.StepUps.Opening.Refused;
import dev.stile.signin.StepUps.Unavailable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The trigger Create Auth Challenge. After a wrong answer the challenge stays the one that it was,
/// with its code, its method and its guesses.
public final class CreateAuthChallengeHandler
    implements RequestHandler<
        CognitoUserPoolCreateAuthChallengeEvent, CognitoUserPoolCreateAuthChallengeEvent> {
  private final StepUps stepUps;
  private final TriggerLog log;

  /// On Lambda.
  public CreateAuthChallengeHandler() {
    this(TriggerSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public CreateAuthChallengeHandler(TriggerSurroundings surroundings) {
    this.stepUps = surroundings.stepUps();
    this.log = new TriggerLog("create_auth_challenge", surroundings.clock(), surroundings.log());
  }

  @Override
  public CognitoUserPoolCreateAuthChallengeEvent handleRequest(
      CognitoUserPoolCreateAuthChallengeEvent event, Context context) {
    if (event.getRequest().getUserNotFound()) {
      throw new SignInFailed("not_found");
    }
    String user = Users.id(event.getRequest());
    event.setResponse(before(Step.of(event)).orElseGet(() -> open(user)));
    return event;
  }

  private static Optional<Response> before(List<Step> steps) {
    return steps.isEmpty()
        ? Optional.empty()
        : Carried.ofMetadata(steps.getLast().metadata()).map(asked -> response(asked, Map.of()));
  }

  private Response open(String user) {
    try {
      return switch (stepUps.open(user)) {
        case Opened(Asked asked, Optional<String> options) -> {
          log.line("opened");
          yield response(
              asked, options.map(json -> Map.of(Carried.OPTIONS, json)).orElse(Map.of()));
        }
        case Refused(String code) -> {
          log.line(code);
          throw new SignInFailed(code);
        }
      };
    } catch (Unavailable e) {
      log.line("unavailable");
      throw new SignInFailed("unavailable");
    }
  }

  private static Response response(Asked asked, Map<String, String> options) {
    Map<String, String> shown = new HashMap<>(Carried.parameters(asked));
    shown.putAll(options);
    return Response.builder()
        .withPublicChallengeParameters(shown)
        .withPrivateChallengeParameters(Carried.parameters(asked))
        .withChallengeMetadata(Carried.metadata(asked))
        .build();
  }
}
