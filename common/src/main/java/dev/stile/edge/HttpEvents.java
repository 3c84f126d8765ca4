package dev.stile.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Reads API Gateway's HTTP event (payload format 2.0) token by token into Lambda's own type, and
/// writes the answer. Lambda's serializer does the same by reflection, which costs a cold start
/// several times more.
final class HttpEvents {
  private static final JsonFactory FACTORY = JsonFactory.builder().build();

  private HttpEvents() {}

  static APIGatewayV2HTTPEvent read(InputStream in) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      var event = new APIGatewayV2HTTPEvent();
      parser.nextToken();
      EventReader.object(parser, name -> event(parser, event, name));
      return event;
    }
  }

  private static void event(JsonParser parser, APIGatewayV2HTTPEvent event, String name) {
    switch (name) {
      case "version" -> event.setVersion(parser.getValueAsString());
      case "routeKey" -> event.setRouteKey(parser.getValueAsString());
      case "rawPath" -> event.setRawPath(parser.getValueAsString());
      case "rawQueryString" -> event.setRawQueryString(parser.getValueAsString());
      case "cookies" -> event.setCookies(EventReader.texts(parser));
      case "headers" -> event.setHeaders(map(parser));
      case "queryStringParameters" -> event.setQueryStringParameters(map(parser));
      case "pathParameters" -> event.setPathParameters(map(parser));
      case "stageVariables" -> event.setStageVariables(map(parser));
      case "body" -> event.setBody(parser.getValueAsString());
      case "isBase64Encoded" -> event.setIsBase64Encoded(parser.getValueAsBoolean());
      case "requestContext" -> {
        var context = new RequestContext();
        event.setRequestContext(context);
        EventReader.object(parser, member -> context(parser, context, member));
      }
      default -> parser.skipChildren();
    }
  }

  private static void context(JsonParser parser, RequestContext context, String name) {
    switch (name) {
      case "routeKey" -> context.setRouteKey(parser.getValueAsString());
      case "accountId" -> context.setAccountId(parser.getValueAsString());
      case "stage" -> context.setStage(parser.getValueAsString());
      case "apiId" -> context.setApiId(parser.getValueAsString());
      case "domainName" -> context.setDomainName(parser.getValueAsString());
      case "domainPrefix" -> context.setDomainPrefix(parser.getValueAsString());
      case "time" -> context.setTime(parser.getValueAsString());
      case "timeEpoch" -> context.setTimeEpoch(parser.getValueAsLong());
      case "requestId" -> context.setRequestId(parser.getValueAsString());
      case "http" -> {
        var http = new RequestContext.Http();
        context.setHttp(http);
        EventReader.object(parser, member -> http(parser, http, member));
      }
      case "authorizer" -> {
        var authorizer = new RequestContext.Authorizer();
        context.setAuthorizer(authorizer);
        EventReader.object(parser, member -> authorizer(parser, authorizer, member));
      }
      default -> parser.skipChildren();
    }
  }

  private static void http(JsonParser parser, RequestContext.Http http, String name) {
    switch (name) {
      case "method" -> http.setMethod(parser.getValueAsString());
      case "path" -> http.setPath(parser.getValueAsString());
      case "protocol" -> http.setProtocol(parser.getValueAsString());
      case "sourceIp" -> http.setSourceIp(parser.getValueAsString());
      case "userAgent" -> http.setUserAgent(parser.getValueAsString());
      default -> parser.skipChildren();
    }
  }

  private static void authorizer(
      JsonParser parser, RequestContext.Authorizer authorizer, String name) {
    switch (name) {
      case "jwt" -> {
        var jwt = new RequestContext.Authorizer.JWT();
        authorizer.setJwt(jwt);
        EventReader.object(parser, member -> jwt(parser, jwt, member));
      }
      case "lambda" -> authorizer.setLambda(new LinkedHashMap<>(map(parser)));
      case "iam" -> {
        var iam = new RequestContext.IAM();
        authorizer.setIam(iam);
        EventReader.object(parser, member -> iam(parser, iam, member));
      }
      default -> parser.skipChildren();
    }
  }

  private static void jwt(JsonParser parser, RequestContext.Authorizer.JWT jwt, String name) {
    switch (name) {
      case "claims" -> jwt.setClaims(map(parser));
      case "scopes" -> jwt.setScopes(EventReader.texts(parser));
      default -> parser.skipChildren();
    }
  }

  /// Who signed; identities of Cognito pools are none of these functions' callers.
  private static void iam(JsonParser parser, RequestContext.IAM iam, String name) {
    switch (name) {
      case "accessKey" -> iam.setAccessKey(parser.getValueAsString());
      case "accountId" -> iam.setAccountId(parser.getValueAsString());
      case "callerId" -> iam.setCallerId(parser.getValueAsString());
      case "principalOrgId" -> iam.setPrincipalOrgId(parser.getValueAsString());
      case "userArn" -> iam.setUserArn(parser.getValueAsString());
      case "userId" -> iam.setUserId(parser.getValueAsString());
      default -> parser.skipChildren();
    }
  }

  private static Map<String, String> map(JsonParser parser) {
    Map<String, String> map = new LinkedHashMap<>();
    EventReader.object(
        parser,
        name -> {
          if (parser.currentToken().isScalarValue()) {
            map.put(name, parser.getValueAsString());
          } else {
            parser.skipChildren();
          }
        });
    return map;
  }

  static void write(OutputStream out, Response response) throws IOException {
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      generator.writeStartObject();
      generator.writeName("statusCode");
      generator.writeNumber(response.status());
      generator.writeName("headers");
      JsonText.write(generator, response.headers());
      generator.writeName("body");
      generator.writeString(response.body());
      generator.writeName("isBase64Encoded");
      generator.writeBoolean(false);
      generator.writeEndObject();
    }
  }
}
