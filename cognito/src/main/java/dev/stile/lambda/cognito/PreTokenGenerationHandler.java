package dev.stile.lambda.cognito;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreTokenGenerationEventV2;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreTokenGenerationEventV2.AccessTokenGeneration;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreTokenGenerationEventV2.ClaimsAndScopeOverrideDetails;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreTokenGenerationEventV2.IdTokenGeneration;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreTokenGenerationEventV2.Response;
import dev.stile.aws.runtime.TriggerSurroundings;
import dev.stile.signin.SignIn.Place;
import dev.stile.signin.SignIn.Proof;
import dev.stile.signin.SignIns;
import java.time.Clock;
import java.util.Map;

/// The trigger Pre Token Generation (V2). Tells in both tokens what was proven at this sign-in,
/// from the record of it and from nothing that the client sent. A refreshed token tells nothing:
/// what it would tell was proven long ago. Cognito keeps the names `acr` and `amr` to itself.
public final class PreTokenGenerationHandler
    implements RequestHandler<
        CognitoUserPoolPreTokenGenerationEventV2, CognitoUserPoolPreTokenGenerationEventV2> {
  static final String SIGN_IN = "TokenGeneration_Authentication";

  private final SignIns signIns;
  private final Clock clock;
  private final TriggerLog log;

  /// On Lambda.
  public PreTokenGenerationHandler() {
    this(TriggerSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public PreTokenGenerationHandler(TriggerSurroundings surroundings) {
    this.signIns = surroundings.signIns();
    this.clock = surroundings.clock();
    this.log = new TriggerLog("pre_token_generation", clock, surroundings.log());
  }

  @Override
  public CognitoUserPoolPreTokenGenerationEventV2 handleRequest(
      CognitoUserPoolPreTokenGenerationEventV2 event, Context context) {
    if (SIGN_IN.equals(event.getTriggerSource())) {
      Place place =
          new Place(
              event.getUserPoolId(),
              event.getCallerContext().getClientId(),
              Users.id(event.getRequest()));
      signIns.take(place, clock.instant()).ifPresent(proof -> tell(event, proof));
    }
    return event;
  }

  private void tell(CognitoUserPoolPreTokenGenerationEventV2 event, Proof proof) {
    Map<String, String> claims =
        Map.of(
            "stile_acr", proof.acr(),
            "stile_amr", String.join(" ", proof.amr()),
            "stile_txn", proof.txn());
    event.setResponse(
        Response.builder()
            .withClaimsAndScopeOverrideDetails(
                ClaimsAndScopeOverrideDetails.builder()
                    .withIdTokenGeneration(
                        IdTokenGeneration.builder().withClaimsToAddOrOverride(claims).build())
                    .withAccessTokenGeneration(
                        AccessTokenGeneration.builder().withClaimsToAddOrOverride(claims).build())
                    .build())
            .build());
    log.line("told");
  }
}
