package dev.stile.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEventsTest {
  /// As Lambda's own runtime reads it, member for member.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jwt",
        "base64-body",
        "no-body",
        "cookies-and-query",
        "unknown-members",
        "nulls",
        "unicode"
      })
  void readsWhatLambdaReads(String name) {
    byte[] json = Events.recorded(name);
    assertThat(read(json)).isEqualTo(readByLambda(json));
  }

  @Test
  void readsWhoSigned() {
    APIGatewayV2HTTPEvent signed = read(Events.recorded("iam"));
    assertThat(signed).isEqualTo(readByLambda(Events.recorded("iam")));
    assertThat(new Request(signed).signer())
        .contains("arn:aws:sts::123456789012:assumed-role/login/session");
    assertThat(new Request(signed).claims()).isEmpty();
  }

  @Test
  void readsTheMembersThatRoutesNeed() {
    var request = new Request(read(Events.recorded("jwt")));
    assertThat(request.route()).isEqualTo("POST /v1/challenges/{id}/verify");
    assertThat(request.id()).isEqualTo("JKJaXmPLvHcESHA=");
    assertThat(request.sourceAddress()).isEqualTo("203.0.113.7");
    assertThat(request.claims()).containsEntry("sub", "ann").containsEntry("amr", "[pwd]");
    assertThat(request.<String>path("id", text -> text)).isEqualTo("chl_a");
    assertThat(request.header("x-amzn-trace-id")).isPresent();
    assertThat(request.body().text("code")).isEqualTo("012345");
    var encoded = new Request(read(Events.recorded("base64-body")));
    assertThat(encoded.body().text("code")).isEqualTo("012345");
  }

  /// Members of the same names deeper down change nothing.
  @Test
  void takesNothingFromUnknownMembers() {
    assertThat(read(Events.recorded("unknown-members"))).isEqualTo(read(Events.recorded("jwt")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"requestContext\":{}}", "{\"requestContext\":{\"http\":1}}"})
  void copesWithWhatIsMissing(String json) {
    var request = new Request(read(json.getBytes(StandardCharsets.UTF_8)));
    assertThat(request.route()).isEmpty();
    assertThat(request.id()).isEmpty();
    assertThat(request.sourceAddress()).isEmpty();
    assertThat(request.claims()).isEmpty();
    assertThat(request.header("authorization")).isEmpty();
    request.noBody();
  }

  @Test
  void writesWhatLambdaReads() throws IOException {
    Map<String, Object> body =
        Map.of("label", "Zoë 😀 \"quoted\"\r\n\u2028", "list", List.of(1, true));
    var response = Response.of(201, body).with("location", "/v1/factors/fct_a");
    var out = new ByteArrayOutputStream();
    HttpEvents.write(out, response);
    APIGatewayV2HTTPResponse read = serializer(APIGatewayV2HTTPResponse.class).fromJson(text(out));
    assertThat(read.getStatusCode()).isEqualTo(201);
    assertThat(read.getHeaders())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "content-type", "application/json",
                "cache-control", "no-store",
                "location", "/v1/factors/fct_a"));
    assertThat(read.getIsBase64Encoded()).isFalse();
    assertThat(read.getBody()).isEqualTo(response.body());
    var again = Json.object(read.getBody().getBytes(StandardCharsets.UTF_8));
    assertThat(again.text("label")).isEqualTo(body.get("label"));
  }

  @Test
  void writesAnAnswerWithoutABody() throws IOException {
    var out = new ByteArrayOutputStream();
    HttpEvents.write(out, Response.none());
    APIGatewayV2HTTPResponse read = serializer(APIGatewayV2HTTPResponse.class).fromJson(text(out));
    assertThat(read.getStatusCode()).isEqualTo(204);
    assertThat(read.getBody()).isEmpty();
    assertThat(read.getHeaders()).containsOnlyKeys("cache-control");
  }

  private static String text(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static APIGatewayV2HTTPEvent read(byte[] json) {
    return HttpEvents.read(new ByteArrayInputStream(json));
  }

  private static APIGatewayV2HTTPEvent readByLambda(byte[] json) {
    return serializer(APIGatewayV2HTTPEvent.class).fromJson(new ByteArrayInputStream(json));
  }

  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.serializerFor(type, HttpEventsTest.class.getClassLoader());
  }
}
