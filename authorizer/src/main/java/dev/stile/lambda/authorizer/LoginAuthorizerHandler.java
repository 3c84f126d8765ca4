package dev.stile.lambda.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.stile.assurance.LoginRefusal;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.audit.Log;
import dev.stile.edge.AuthorizerEvent;
import dev.stile.edge.AuthorizerEvents;
import dev.stile.edge.Callers;
import dev.stile.edge.JsonText;
import dev.stile.verifier.AccessToken;
import dev.stile.verifier.Grants;
import dev.stile.verifier.TokenJudgement.Accepted;
import dev.stile.verifier.TokenJudgement.Outage;
import dev.stile.verifier.TokenJudgement.Refused;
import dev.stile.verifier.TokenJudgement.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The function that an HTTP API asks at the self-service door, where the policy trusts several
/// issuers, or one whose tokens API Gateway itself cannot judge. It hands on the claims of a good
/// token; of any other it says why it is not good and hands on no claim, so that the function
/// behind the route answers 401 or 503 as a problem where the gateway would answer a bare 403 (ADR
/// 0030).
public final class LoginAuthorizerHandler implements RequestStreamHandler {
  private static final String FAULT = "fault";

  private final LoginSettings settings;
  private final Log log;

  /// On Lambda: a policy that is wrong, or trusts an issuer without https or an audience, ends the
  /// start, and the gateway denies.
  public LoginAuthorizerHandler() {
    this(LoginSettings.ofEnvironment());
  }

  /// Anywhere else.
  public LoginAuthorizerHandler(LoginSettings settings) {
    this.settings = settings;
    this.log = settings.log();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Map<String, Object> answer;
    Map<String, Object> line = new LinkedHashMap<>();
    try {
      AuthorizerEvent event = AuthorizerEvents.read(in);
      line.put("request_id", event.requestId());
      Map<String, String> login = login(event);
      if (login.containsKey(Callers.REFUSAL)) {
        line.put(Callers.REFUSAL, login.getOrDefault(Callers.REFUSAL, ""));
      }
      answer =
          event.arn() == null ? Map.of("isAuthorized", true, "context", login) : Answers.denial();
    } catch (RuntimeException e) {
      // By its type alone: a library's message may quote the event.
      line.put(FAULT, e.getClass().getName());
      answer = Answers.denial();
    }
    out.write(JsonText.of(answer).getBytes(StandardCharsets.UTF_8));
    // Of whom it lets in, the function behind the route has a line.
    if (line.containsKey(Callers.REFUSAL) || line.containsKey(FAULT)) {
      log.line(line);
    }
  }

  private Map<String, String> login(AuthorizerEvent event) {
    Optional<String> token = event.onlyAuthorization().flatMap(Grants::bearer);
    if (token.isEmpty()) {
      return refusal(LoginRefusal.MALFORMED);
    }
    return switch (settings.verifier().judge(token.get())) {
      case Accepted(AccessToken good) -> claims(good);
      case Refused(var reason) -> refusal(of(reason.name(), LoginRefusal.MALFORMED));
      case Unavailable(Outage outage) ->
          refusal(of("provider_" + outage.name(), LoginRefusal.PROVIDER_UNREACHABLE));
    };
  }

  private static LoginRefusal of(String name, LoginRefusal otherwise) {
    return LoginRefusal.ofWire(name.toLowerCase(Locale.ROOT)).orElse(otherwise);
  }

  private static Map<String, String> refusal(LoginRefusal why) {
    return Map.of(Callers.REFUSAL, why.wire());
  }

  /// Those alone that are read behind the gateway: it limits how much it takes, and a token may
  /// hold a hundred groups.
  private Map<String, String> claims(AccessToken token) {
    Map<String, String> claims = new LinkedHashMap<>(token.claims());
    claims
        .keySet()
        .retainAll(
            settings
                .policy()
                .issuer(token.issuer())
                .map(TrustedIssuer::tokens)
                .orElseThrow()
                .claims());
    return claims;
  }
}
