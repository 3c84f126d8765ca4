package dev.stile.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Events of API Gateway: recorded ones as files, and small ones to vary.
final class Events {
  private Events() {}

  /// An event in the form of API Gateway's payload format 2.0.
  static byte[] recorded(String name) {
    try (InputStream in = Events.class.getResourceAsStream("events/" + name + ".json")) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static APIGatewayV2HTTPEvent with(Map<String, String> claims, Map<String, String> headers) {
    var jwt = new RequestContext.Authorizer.JWT();
    jwt.setClaims(claims);
    var authorizer = new RequestContext.Authorizer();
    authorizer.setJwt(jwt);
    var http = new RequestContext.Http();
    http.setSourceIp("203.0.113.7");
    var context = new RequestContext();
    context.setAuthorizer(authorizer);
    context.setHttp(http);
    context.setRequestId("request-1");
    var event = new APIGatewayV2HTTPEvent();
    event.setRouteKey("GET /v1/factors");
    event.setHeaders(new HashMap<>(headers));
    event.setRequestContext(context);
    return event;
  }
}
