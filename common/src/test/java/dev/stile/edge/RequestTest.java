package dev.stile.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.stile.factor.FactorId;
import dev.stile.problem.ProblemCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
  private static final String ID = "fct_aaaaaaaaaaaaaaaaaaaaaaaaaa";
  private final APIGatewayV2HTTPEvent event = Events.with(Map.of(), Map.of());
  private final Request request = new Request(event);

  @ParameterizedTest
  @ValueSource(strings = {"", "fct_", "fct_short", "FCT_aaaaaaaaaaaaaaaaaaaaaaaaaa", "../x"})
  void findsNothingUnderAMalformedId(String id) {
    event.setPathParameters(Map.of("id", id));
    assertThat(Problems.of(() -> request.path("id", FactorId::new)).code())
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(Problems.of(() -> request.path("other", FactorId::new)).code())
        .isEqualTo(ProblemCode.NOT_FOUND);
  }

  @Test
  void readsAnIdOfThePath() {
    event.setPathParameters(Map.of("id", ID));
    assertThat(request.path("id", FactorId::new)).isEqualTo(new FactorId(ID));
  }

  @Test
  void refusesABodyWhereNoneIsTaken() {
    request.noBody();
    event.setBody("");
    request.noBody();
    event.setBody("{}");
    assertThat(Problems.of(request::noBody).code()).isEqualTo(ProblemCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "e", "e30=\n", "e3 0=", "e30===", "e30=x"})
  void refusesABodyThatIsNoBase64(String body) {
    event.setIsBase64Encoded(true);
    event.setBody(body);
    assertThat(Problems.of(request::body).code()).isEqualTo(ProblemCode.INVALID_REQUEST);
  }

  @Test
  void refusesNoBodyWhereOneIsTaken() {
    assertThat(Problems.of(request::body).code()).isEqualTo(ProblemCode.INVALID_REQUEST);
  }

  @Test
  void routesByTheGatewaysKeyAlone() {
    var router = new Router(Map.of("GET /v1/factors", r -> Response.of(200, Map.of("id", r.id()))));
    assertThat(router.keys()).containsExactly("GET /v1/factors");
    assertThat(router.apply(request).body()).isEqualTo("{\"id\":\"request-1\"}");
    event.setRouteKey("GET /v1/factors/");
    assertThat(Problems.of(() -> router.apply(request)).code()).isEqualTo(ProblemCode.NOT_FOUND);
    event.setRouteKey(null);
    assertThat(Problems.of(() -> router.apply(request)).code()).isEqualTo(ProblemCode.NOT_FOUND);
  }

  @Test
  void opensEachRouteOfAUserAtBothDoors() {
    var router =
        Router.forBothDoors(Map.of("GET /v1/factors", r -> Response.none()))
            .and(new Router(Map.of("GET /.well-known/jwks.json", r -> Response.none())));
    assertThat(router.keys())
        .containsExactlyInAnyOrder(
            "GET /v1/factors", "GET /v1/users/{user_id}/factors", "GET /.well-known/jwks.json");
  }
}
