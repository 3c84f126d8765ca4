package dev.stile.lambda.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.stile.audit.Log;
import dev.stile.edge.AuthorizerEvent;
import dev.stile.edge.AuthorizerEvents;
import dev.stile.edge.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The function that API Gateway asks before it lets a request through. Holds the one broad catch,
/// which denies: there is no way to an answer that allows but a grant that was judged good.
public final class AuthorizerHandler implements RequestStreamHandler {
  private final Authorizer authorizer;
  private final Log log;

  /// On Lambda: a policy or a setting that is wrong ends the start, and the gateway denies.
  public AuthorizerHandler() {
    this(AuthorizerSettings.ofEnvironment());
  }

  /// Anywhere else.
  public AuthorizerHandler(AuthorizerSettings settings) {
    this.authorizer = new Authorizer(settings.verifier(), settings.document());
    this.log = settings.log();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Map<String, Object> answer;
    Map<String, Object> line = new LinkedHashMap<>();
    try {
      answer = answer(AuthorizerEvents.read(in), line);
    } catch (RuntimeException e) {
      // By its type alone: a library's message may quote the event.
      line.put("fault", e.getClass().getName());
      answer = Answers.denial();
    }
    out.write(JsonText.of(answer).getBytes(StandardCharsets.UTF_8));
    log.line(line);
  }

  private Map<String, Object> answer(AuthorizerEvent event, Map<String, Object> line) {
    line.put("request_id", event.requestId());
    Decision decision = authorizer.decide(event);
    line.put("decision", decision.getClass().getSimpleName());
    if (decision instanceof Decision.Denied(String reason)) {
      line.put("reason", reason);
    }
    String arn = event.arn();
    return arn == null ? Answers.simple(decision) : Answers.policy(decision, arn);
  }
}
