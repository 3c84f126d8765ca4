package dev.stile.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.sun.net.httpserver.HttpExchange;
import dev.stile.edge.Json;
import dev.stile.local.Signatures.Signer;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Does what an HTTP API of API Gateway does: matches the route, has the token or the signature
/// checked, and hands the function an event of payload format 2.0 through Lambda's own serializers.
final class Gateway {
  /// Under which API Gateway tells the id of a request.
  private static final String REQUEST_ID = "Apigw-Requestid";

  /// One byte over the limit is enough to refuse a body; a signature covers all that API Gateway
  /// takes.
  private static final int UNSIGNED = Json.MAX_BYTES + 1;

  private static final int SIGNED = 10 * 1024 * 1024;

  private static final PojoSerializer<APIGatewayV2HTTPEvent> EVENTS =
      LambdaEventSerializers.serializerFor(
          APIGatewayV2HTTPEvent.class, Gateway.class.getClassLoader());
  private static final PojoSerializer<APIGatewayV2HTTPResponse> ANSWERS =
      LambdaEventSerializers.serializerFor(
          APIGatewayV2HTTPResponse.class, Gateway.class.getClassLoader());

  private final Routes routes;
  private final LocalAuthorizer login;
  private final Traces traces;
  private final Signatures signatures = new Signatures(Clock.systemUTC());
  private final Clock clock;

  /// Asks `login` at the self-service door.
  Gateway(Routes routes, LocalAuthorizer login, Traces traces, Clock clock) {
    this.routes = routes;
    this.login = login;
    this.traces = traces;
    this.clock = clock;
  }

  void answer(HttpExchange exchange) throws IOException {
    String requestId = UUID.randomUUID().toString();
    URI uri = exchange.getRequestURI();
    Optional<Routes.Match> match = routes.match(exchange.getRequestMethod(), uri.getRawPath());
    if (match.isEmpty()) {
      HttpExchanges.problem(exchange, Problem.of(ProblemCode.NOT_FOUND), requestId);
      return;
    }
    Map<String, String> headers = HttpExchanges.headers(exchange);
    byte[] body = HttpExchanges.body(exchange, match.get().isForBackEnds() ? SIGNED : UNSIGNED);
    @Nullable Authorizer authorizer = null;
    try {
      if (match.get().isForBackEnds()) {
        authorizer = signer(exchange, headers, body);
      } else if (!match.get().isPublic()) {
        authorizer = asked(match.get(), exchange, headers, requestId);
      }
    } catch (ProblemException e) {
      HttpExchanges.problem(exchange, e.problem(), requestId);
      return;
    }
    var event = event(exchange, match.get(), headers, body);
    RequestContext context = context(exchange, match.get(), headers, requestId);
    context.setAuthorizer(authorizer);
    event.setRequestContext(context);
    invoke(exchange, match.get(), event, requestId);
  }

  private Authorizer signer(HttpExchange exchange, Map<String, String> headers, byte[] body) {
    var request =
        new SignedRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            headers,
            Signatures.digest(body));
    var authorizer = new Authorizer();
    switch (signatures.of(request)) {
      case Signer.Known(var iam) -> authorizer.setIam(iam);
      case Signer.Refused(var why) ->
          throw Problem.of(ProblemCode.SIGNATURE_REFUSED, why).asException();
    }
    return authorizer;
  }

  /// What the function that guards the route says: one of its own, or the one that judges access
  /// tokens. Without its identity source an HTTP API does not even ask it.
  private Authorizer asked(
      Routes.Match match, HttpExchange exchange, Map<String, String> headers, String requestId) {
    var question =
        new LocalAuthorizer.Question(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            match.key(),
            requestId);
    if (!headers.containsKey("authorization")) {
      throw Problem.of(ProblemCode.UNAUTHENTICATED).asException();
    }
    Map<String, String> told =
        routes
            .authorizer(match)
            .orElse(login)
            .ask(question, headers)
            .orElseThrow(() -> Problem.of(ProblemCode.POLICY_DENIED).asException());
    var authorizer = new Authorizer();
    authorizer.setLambda(new LinkedHashMap<>(told));
    return authorizer;
  }

  private static APIGatewayV2HTTPEvent event(
      HttpExchange exchange, Routes.Match match, Map<String, String> headers, byte[] body) {
    var event = new APIGatewayV2HTTPEvent();
    event.setVersion("2.0");
    event.setRouteKey(match.key());
    event.setRawPath(exchange.getRequestURI().getRawPath());
    String query = exchange.getRequestURI().getRawQuery();
    event.setRawQueryString(query == null ? "" : query);
    event.setQueryStringParameters(HttpExchanges.query(query));
    event.setHeaders(headers);
    event.setPathParameters(match.parameters());
    if (body.length > 0) {
      String text = text(body);
      event.setBody(text == null ? Base64.getEncoder().encodeToString(body) : text);
      event.setIsBase64Encoded(text == null);
    }
    return event;
  }

  /// Null where the body is not text; it then travels in base 64.
  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private RequestContext context(
      HttpExchange exchange, Routes.Match match, Map<String, String> headers, String requestId) {
    var http =
        RequestContext.Http.builder()
            .withMethod(exchange.getRequestMethod())
            .withPath(exchange.getRequestURI().getRawPath())
            .withProtocol(exchange.getProtocol())
            .withSourceIp(exchange.getRemoteAddress().getAddress().getHostAddress())
            .withUserAgent(headers.get("user-agent"))
            .build();
    return RequestContext.builder()
        .withAccountId(Signatures.ACCOUNT)
        .withApiId("local")
        .withDomainName(headers.get("host"))
        .withStage("$default")
        .withRouteKey(match.key())
        .withRequestId(requestId)
        .withTimeEpoch(clock.millis())
        .withHttp(http)
        .build();
  }

  private void invoke(
      HttpExchange exchange, Routes.Match match, APIGatewayV2HTTPEvent event, String requestId)
      throws IOException {
    APIGatewayV2HTTPResponse answer = invoke(match, event, requestId);
    answer
        .getHeaders()
        .forEach((header, value) -> exchange.getResponseHeaders().set(header, value));
    exchange.getResponseHeaders().set(REQUEST_ID, requestId);
    HttpExchanges.send(
        exchange, answer.getStatusCode(), answer.getBody().getBytes(StandardCharsets.UTF_8));
  }

  private APIGatewayV2HTTPResponse invoke(
      Routes.Match match, APIGatewayV2HTTPEvent event, String requestId) throws IOException {
    var in = new ByteArrayOutputStream();
    EVENTS.toJson(event, in);
    var out = new ByteArrayOutputStream();
    String name = match.function().getClass().getSimpleName();
    var occasion = new Occasion.HttpRequest(requestId, match.key());
    try (Invocation invocation = traces.begin(nameOf(match.function()), occasion)) {
      match
          .function()
          .handleRequest(
              new ByteArrayInputStream(in.toByteArray()), out, new LocalContext(name, requestId));
      var answer = ANSWERS.fromJson(new ByteArrayInputStream(out.toByteArray()));
      invocation.outcome(Integer.toString(answer.getStatusCode()));
      return answer;
    }
  }

  /// `VerifyHandler` is the function verify.
  private static String nameOf(RequestStreamHandler function) {
    return function.getClass().getSimpleName().replace("Handler", "").toLowerCase(Locale.ROOT);
  }
}
