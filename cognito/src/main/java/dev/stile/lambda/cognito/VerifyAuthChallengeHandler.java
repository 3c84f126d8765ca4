package dev.stile.lambda.cognito;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolVerifyAuthChallengeResponseEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolVerifyAuthChallengeResponseEvent.Request;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolVerifyAuthChallengeResponseEvent.Response;
import dev.stile.aws.runtime.TriggerSurroundings;
import dev.stile.signin.SignIn;
import dev.stile.signin.SignIn.Place;
import dev.stile.signin.SignIn.Proof;
import dev.stile.signin.SignIns;
import dev.stile.signin.StepUps;
import dev.stile.signin.StepUps.Asked;
import dev.stile.signin.StepUps.Outcome.Approved;
import dev.stile.signin.StepUps.Outcome.Rejected;
import dev.stile.signin.StepUps.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The trigger Verify Auth Challenge Response. Which challenge is answered, and how, is what the
/// user pool kept since its creation; of the client's it takes the answer alone.
public final class VerifyAuthChallengeHandler
    implements RequestHandler<
        CognitoUserPoolVerifyAuthChallengeResponseEvent,
        CognitoUserPoolVerifyAuthChallengeResponseEvent> {
  /// The tokens follow at once, in the same call of the client.
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final StepUps stepUps;
  private final SignIns signIns;
  private final Clock clock;
  private final TriggerLog log;

  /// On Lambda.
  public VerifyAuthChallengeHandler() {
    this(TriggerSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public VerifyAuthChallengeHandler(TriggerSurroundings surroundings) {
    this.stepUps = surroundings.stepUps();
    this.signIns = surroundings.signIns();
    this.clock = surroundings.clock();
    this.log = new TriggerLog("verify_auth_challenge", clock, surroundings.log());
  }

  @Override
  public CognitoUserPoolVerifyAuthChallengeResponseEvent handleRequest(
      CognitoUserPoolVerifyAuthChallengeResponseEvent event, Context context) {
    Request request = event.getRequest();
    Optional<Asked> asked = Carried.ofParameters(request.getPrivateChallengeParameters());
    @Nullable String answer = request.getChallengeAnswer();
    boolean correct =
        asked.isPresent()
            && answer != null
            && !answer.isBlank()
            && !request.getUserNotFound()
            && isRight(asked.get(), answer, event);
    event.setResponse(Response.builder().withAnswerCorrect(correct).build());
    return event;
  }

  private boolean isRight(
      Asked asked, String answer, CognitoUserPoolVerifyAuthChallengeResponseEvent event) {
    Place place =
        new Place(
            event.getUserPoolId(),
            event.getCallerContext().getClientId(),
            Users.id(event.getRequest()));
    try {
      return switch (stepUps.answer(place.user(), asked, answer)) {
        case Approved(Proof proof) -> remember(place, proof);
        case Rejected(String code) -> {
          log.line(code);
          yield false;
        }
      };
    } catch (Unavailable e) {
      log.line("unavailable");
      throw new SignInFailed("unavailable");
    }
  }

  private boolean remember(Place place, Proof proof) {
    var signIn = new SignIn(place, proof, clock.instant().plus(REMEMBERED));
    boolean first = signIns.remember(signIn);
    log.line(first ? "approved" : "already_completed");
    return first;
  }
}
