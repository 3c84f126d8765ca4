package dev.stile.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Door;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One HTTP request as API Gateway hands it over (payload format 2.0), read by what the routes
/// need.
public final class Request {
  private final APIGatewayV2HTTPEvent event;

  public Request(APIGatewayV2HTTPEvent event) {
    this.event = event;
  }

  /// Method and path template, as the gateway matched them.
  public String route() {
    return event.getRouteKey() == null ? "" : event.getRouteKey();
  }

  /// The gateway's id of the request; also the `request_id` of problems.
  public String id() {
    var context = event.getRequestContext();
    String id = context == null ? null : context.getRequestId();
    return id == null ? "" : id;
  }

  /// The path as it was asked for.
  public String rawPath() {
    return event.getRawPath() == null ? "" : event.getRawPath();
  }

  /// Headers arrive in lower case.
  public Optional<String> header(String name) {
    Map<String, String> headers = event.getHeaders();
    return headers == null ? Optional.empty() : Optional.ofNullable(headers.get(name));
  }

  /// Taken from the gateway's context, never from a header.
  public String sourceAddress() {
    var context = event.getRequestContext();
    String address =
        context == null || context.getHttp() == null ? null : context.getHttp().getSourceIp();
    return address == null ? "" : address;
  }

  /// The door that the gateway let the request in by: it asks at each for another proof.
  public Door door() {
    return Doors.ofRoute(route());
  }

  /// The ARN of whoever signed, as the gateway's IAM authorizer found it.
  public Optional<String> signer() {
    var context = event.getRequestContext();
    var authorizer = context == null ? null : context.getAuthorizer();
    var iam = authorizer == null ? null : authorizer.getIam();
    return iam == null ? Optional.empty() : Optional.ofNullable(iam.getUserArn());
  }

  /// The claims that the gateway's authorizer verified, all as texts: its own for one issuer, or
  /// the function that judges the tokens of all.
  public Map<String, String> claims() {
    var context = event.getRequestContext();
    var authorizer = context == null ? null : context.getAuthorizer();
    if (authorizer == null) {
      return Map.of();
    }
    if (authorizer.getLambda() != null) {
      return texts(authorizer.getLambda());
    }
    Map<String, String> claims =
        authorizer.getJwt() == null ? null : authorizer.getJwt().getClaims();
    return claims == null ? Map.of() : claims;
  }

  private static Map<String, String> texts(Map<String, Object> context) {
    Map<String, String> texts = new LinkedHashMap<>();
    context.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  /// An identifier in the path. One that is malformed is one that nothing has.
  public <T> T path(String name, Function<String, T> parser) {
    Map<String, String> parameters = event.getPathParameters();
    @Nullable String text = parameters == null ? null : parameters.get(name);
    try {
      return parser.apply(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw Problem.of(ProblemCode.NOT_FOUND).asException();
    }
  }

  /// The parameters behind the `?`, to be taken one by one; one that nobody takes is refused.
  public JsonObject query() {
    Map<String, String> parameters = event.getQueryStringParameters();
    return new JsonObject("", parameters == null ? Map.of() : new LinkedHashMap<>(parameters));
  }

  /// The body's one object.
  public JsonObject body() {
    return Json.object(bytes());
  }

  /// The body as a form.
  public Form form() {
    return Form.of(bytes());
  }

  public boolean isEmpty() {
    return bytes().length == 0;
  }

  /// Refuses a body where the route takes none.
  public void noBody() {
    if (!isEmpty()) {
      throw Problem.invalid("", "This request takes no body.").asException();
    }
  }

  private byte[] bytes() {
    String body = event.getBody() == null ? "" : event.getBody();
    if (!event.getIsBase64Encoded()) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("", "The body is not valid base 64.").asException();
    }
  }
}
