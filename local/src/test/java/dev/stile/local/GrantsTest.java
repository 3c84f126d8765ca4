package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Binding;
import dev.stile.testing.Race;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What can become of a grant after it was given.
class GrantsTest {
  private static final Map<String, String> BILL = Map.of("amount", "49.90 EUR");
  private static final String INACTIVE = "{\"active\":false}";
  @RegisterExtension static final RunningStile STILE = RunningStile.withFolder();

  private final User user = STILE.user();
  private final Authenticator app = user.app();

  private Answer approved() {
    app.rest();
    String id = user.ask("action", "pay", "binding", BILL).is(201).id();
    return user.verify(id, app.code()).is(200);
  }

  private static Answer consume(User caller, String token, String action, Binding binding) {
    return caller.post(
        "/v1/grants/consume",
        Body.of("token", token, "action", action, "binding_hash", binding.digest()));
  }

  private Answer consume(String token) {
    return consume(user, token, "pay", Binding.of(BILL));
  }

  private static Answer introspect(User caller, String token) {
    return caller.post("/oauth/introspect", form(token)).is(200);
  }

  private static String form(String token) {
    return "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  @Nested
  class ConsumingIt {
    @Tag("R22")
    @Test
    void succeedsOnceForManyAtOnce() {
      Answer approved = approved();
      List<Answer> all = Race.of(10, i -> consume(approved.grant()));
      assertThat(all).filteredOn(answer -> answer.status() == 200).hasSize(1);
      assertThat(all)
          .filteredOn(answer -> answer.status() != 200)
          .allSatisfy(answer -> answer.refuses(409, "grant_consumed"));
      assertThat(all)
          .filteredOn(answer -> answer.status() == 200)
          .allSatisfy(
              answer -> assertThat(answer.text("/txn")).isEqualTo(approved.text("/grant/txn")));
    }

    @Test
    void takesTheActionAndTheBindingThatItWasGivenFor() {
      String token = approved().grant();
      consume(user, token, "login", Binding.of(BILL)).refuses(422, "binding_mismatch");
      consume(user, token, "pay", Binding.EMPTY).refuses(422, "binding_mismatch");
      consume(user, token, "pay", Binding.of(Map.of("amount", "49.91 EUR")))
          .refuses(422, "binding_mismatch");
      consume(token).is(200);
    }

    @Test
    void isNobodyElses() {
      String token = approved().grant();
      consume(STILE.user(), token, "pay", Binding.of(BILL)).refuses(404, "not_found");
      consume(token).is(200);
    }

    @Test
    void endsWithItsLife() {
      String token = approved().grant();
      STILE.time().advance(Duration.ofSeconds(301));
      consume(token).refuses(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
    void takesGrantsOnly(String token) {
      consume(token).refuses(404, "not_found");
      consume(user.token()).refuses(404, "not_found");
    }

    @Test
    void holdsForFactorsToo() {
      String token = user.grant(User.MANAGE, app);
      consume(user, token, User.MANAGE, Binding.EMPTY).is(200);
      user.enroll(token, "type", "totp").refuses(409, "grant_consumed");
    }
  }

  @Nested
  class AskingAboutIt {
    @Test
    void tellsWhatItSaysWhileItStands() {
      Answer approved = approved();
      Answer active = introspect(user, approved.grant());
      assertThat(active.at("/active").asBoolean()).isTrue();
      assertThat(active.text("/sub")).isEqualTo(user.subject());
      assertThat(active.text("/scope")).isEqualTo("stepup:pay");
      assertThat(active.text("/bnd")).isEqualTo(Binding.of(BILL).digest());
      assertThat(active.text("/txn")).isEqualTo(approved.text("/grant/txn"));
      assertThat(active.at("/exp").asLong() - active.at("/iat").asLong()).isEqualTo(300);
    }

    @Test
    void saysNothingOfOneThatIsOver() {
      String consumed = approved().grant();
      consume(consumed).is(200);
      assertThat(introspect(user, consumed).body()).isEqualTo(INACTIVE);
      String expired = approved().grant();
      STILE.time().advance(Duration.ofSeconds(301));
      assertThat(introspect(user, expired).body()).isEqualTo(INACTIVE);
    }

    @Test
    void saysNothingOfWhatIsNotTheCallers() {
      assertThat(introspect(STILE.user(), approved().grant()).body()).isEqualTo(INACTIVE);
      assertThat(introspect(user, user.token()).body()).isEqualTo(INACTIVE);
      assertThat(introspect(user, "x").body()).isEqualTo(INACTIVE);
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
      String form = form(approved().grant()) + "&token_type_hint=access_token";
      assertThat(user.post("/oauth/introspect", form).is(200).at("/active").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token=", "tokens=x", "token=x&token=x", "token=%zz"})
    void refusesWhatIsNoForm(String form) {
      user.post("/oauth/introspect", form).refuses(400, "invalid_request");
      user.post("/oauth/revoke", form).refuses(400, "invalid_request");
    }

    @Test
    void takesACaller() {
      STILE.api().post("/oauth/introspect", "token=x").refuses(401, "unauthenticated");
      STILE.api().post("/oauth/revoke", "token=x").refuses(401, "unauthenticated");
      STILE.api().post("/v1/grants/consume", "{}").refuses(401, "unauthenticated");
      STILE.api().post("/v1/revocations", "").refuses(401, "unauthenticated");
    }

    @Test
    void isToldInTheMetadata() {
      Answer metadata = STILE.api().get("/.well-known/oauth-authorization-server").is(200);
      assertThat(metadata.text("/introspection_endpoint"))
          .isEqualTo(STILE.api().base() + "/oauth/introspect");
      assertThat(metadata.text("/revocation_endpoint"))
          .isEqualTo(STILE.api().base() + "/oauth/revoke");
    }
  }

  @Nested
  class RevokingIt {
    @Test
    void endsIt() {
      String token = approved().grant();
      String other = approved().grant();
      user.post("/oauth/revoke", form(token)).is(200);
      user.post("/oauth/revoke", form(token)).is(200);
      consume(token).refuses(404, "not_found");
      assertThat(introspect(user, token).body()).isEqualTo(INACTIVE);
      consume(other).is(200);
    }

    @Test
    void isLeftToItsOwner() {
      String token = approved().grant();
      STILE.user().post("/oauth/revoke", form(token)).is(200);
      consume(token).is(200);
    }

    @Test
    void ofAllEndsEveryGrantAndOpenChallenge() {
      String pay = approved().grant();
      String manage = user.grant(User.MANAGE, app);
      app.rest();
      String open = user.ask("action", "pay").is(201).id();
      user.post("/v1/revocations", null).is(204);

      consume(pay).refuses(404, "not_found");
      assertThat(introspect(user, pay).body()).isEqualTo(INACTIVE);
      user.enroll(manage, "type", "totp").refuses(401, "insufficient_user_authentication");
      user.verify(open, app.code()).refuses(409, "already_completed");
      assertThat(user.read(open).text("/status")).isEqualTo("canceled");

      consume(approved().grant()).is(200);
      user.enroll(user.grant(User.MANAGE, app), "type", "totp").is(201);
    }
  }
}
