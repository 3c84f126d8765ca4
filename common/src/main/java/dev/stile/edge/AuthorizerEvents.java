package dev.stile.edge;

import dev.stile.edge.AuthorizerEvent.Form;
import dev.stile.edge.AuthorizerEvent.Target;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// Reads the three kinds of events that API Gateway sends to Lambda authorizers, token by token.
/// Identity is read from the header `Authorization` alone, wherever else the gateway was told to
/// look for it.
public final class AuthorizerEvents {
  /// Of an API's invocation: region, account and API, then stage, method and path. What is a
  /// wildcard or a variable in an IAM policy is in none that a policy may be written for.
  private static final Pattern ARN =
      Pattern.compile(
          "arn:[a-z-]+:execute-api:[a-z0-9-]+:[0-9]+:[^/*?]+/[^/*?]+/([A-Z]+)(/[^*?$]*)");

  private static final String ANY_ROUTE = "$default";

  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> authorization = new HashSet<>();

  private AuthorizerEvents() {}

  /// @throws RuntimeException for whatever is none of the three
  public static AuthorizerEvent read(InputStream in) {
    var event = new AuthorizerEvents();
    try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      EventReader.object(parser, name -> event.member(parser, name));
    }
    return event.sorted();
  }

  private void member(JsonParser parser, String name) {
    switch (name) {
      case "version",
          "type",
          "methodArn",
          "resource",
          "path",
          "httpMethod",
          "rawPath",
          "routeKey" ->
          text(parser, name);
      case "authorizationToken" -> authorization.add(parser.getString());
      case "headers", "multiValueHeaders" ->
          EventReader.object(parser, header -> header(parser, header));
      case "requestContext" -> EventReader.object(parser, member -> context(parser, member));
      default -> parser.skipChildren();
    }
  }

  private void text(JsonParser parser, String name) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      texts.put(name, parser.getString());
    } else {
      parser.skipChildren();
    }
  }

  private void header(JsonParser parser, String name) {
    if (!name.equalsIgnoreCase("authorization")) {
      parser.skipChildren();
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      authorization.addAll(EventReader.texts(parser));
    } else {
      authorization.add(parser.getString());
    }
  }

  private void context(JsonParser parser, String name) {
    switch (name) {
      case "requestId", "stage" -> text(parser, name);
      case "http" ->
          EventReader.object(
              parser,
              member -> {
                if (member.equals("method")) {
                  text(parser, "httpMethod");
                } else {
                  parser.skipChildren();
                }
              });
      default -> parser.skipChildren();
    }
  }

  private AuthorizerEvent sorted() {
    if ("2.0".equals(texts.get("version"))) {
      return event(Form.HTTP_API, httpApi(), null);
    }
    String arn = need("methodArn");
    Matcher invoked = ARN.matcher(arn);
    if (!invoked.matches()) {
      throw new IllegalArgumentException("not the ARN of an API's method");
    }
    return switch (need("type")) {
      case "TOKEN" -> event(Form.REST, new Target(invoked.group(1), invoked.group(2), null), arn);
      case "REQUEST" -> event(Form.REST, rest(invoked.group(1)), arn);
      default -> throw new IllegalArgumentException("neither TOKEN nor REQUEST");
    };
  }

  /// A named stage stands before the path, unless the request came by a domain of one's own.
  private Target httpApi() {
    String route = need("routeKey");
    String path = need("rawPath");
    String stage = "/" + need("stage");
    if (path.startsWith(stage + "/")) {
      path = path.substring(stage.length());
    }
    String template = route.equals(ANY_ROUTE) ? null : route.substring(route.indexOf(' ') + 1);
    return new Target(need("httpMethod"), path, template);
  }

  private Target rest(String invoked) {
    String method = need("httpMethod");
    if (!method.equals(invoked)) {
      throw new IllegalArgumentException("the ARN is of another method");
    }
    return new Target(method, need("path"), need("resource"));
  }

  private AuthorizerEvent event(Form form, Target target, @Nullable String arn) {
    String requestId = texts.getOrDefault("requestId", "");
    return new AuthorizerEvent(form, target, authorization, arn, requestId);
  }

  private String need(String name) {
    String value = texts.get(name);
    if (value == null) {
      throw new IllegalArgumentException("an event without " + name);
    }
    return value;
  }
}
