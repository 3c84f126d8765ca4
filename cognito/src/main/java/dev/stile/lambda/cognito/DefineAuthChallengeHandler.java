package dev.stile.lambda.cognito;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolDefineAuthChallengeEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolDefineAuthChallengeEvent.Response;

/// The trigger Define Auth Challenge. It calls nobody and keeps nothing.
public final class DefineAuthChallengeHandler
    implements RequestHandler<
        CognitoUserPoolDefineAuthChallengeEvent, CognitoUserPoolDefineAuthChallengeEvent> {

  @Override
  public CognitoUserPoolDefineAuthChallengeEvent handleRequest(
      CognitoUserPoolDefineAuthChallengeEvent event, Context context) {
    boolean userExists = !event.getRequest().getUserNotFound();
    event.setResponse(
        switch (DefineChallenge.after(Step.of(event), userExists)) {
          case PASSWORD -> asking(Step.PASSWORD);
          case FACTOR -> asking(Step.OURS);
          case TOKENS -> Response.builder().withIssueTokens(true).build();
          case FAILURE -> Response.builder().withFailAuthentication(true).build();
        });
    return event;
  }

  private static Response asking(String challenge) {
    return Response.builder().withChallengeName(challenge).build();
  }
}
