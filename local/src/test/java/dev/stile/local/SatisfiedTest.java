package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A grant at hand that spares a challenge, and those that do not.
@Tag("R26")
class SatisfiedTest {
  @RegisterExtension
  static final RunningStile STILE =
      RunningStile.withFolder(
          """
          {"actions": {
            "login": {"reuse_grant": true},
            "wire": {"reuse_grant": true, "max_age": "PT2M"},
            "manage-factors": {}
          }}
          """);

  private static final Map<String, String> BILL = Map.of("amount", "49.90 EUR");

  private final User user = STILE.user();
  private final Authenticator app = user.app();

  private Answer ask(User as, String grant, String action, Object... more) {
    List<Object> body = new ArrayList<>(List.of("action", action));
    body.addAll(List.of(more));
    return as.send("POST", "/v1/challenges", Body.of(body.toArray()), Map.of("Stile-Grant", grant));
  }

  private String bound(String action) {
    app.rest();
    String id = user.ask("action", action, "binding", BILL).is(201).id();
    return user.verify(id, app.code()).is(200).grant();
  }

  @Test
  void isTheGrantOfTheSameActionWhileItIsFresh() {
    Answer approved = user.approve("login", app);
    STILE.time().advance(Duration.ofSeconds(100));
    Answer satisfied = ask(user, approved.grant(), "login").is(200);
    assertThat(satisfied.text("/status")).isEqualTo("satisfied");
    assertThat(satisfied.text("/acr")).isEqualTo("aal2");
    assertThat(satisfied.text("/txn")).isEqualTo(approved.text("/grant/txn"));
    assertThat(satisfied.at("/auth_time")).isEqualTo(approved.at("/grant/auth_time"));
    assertThat(satisfied.at("/expires_in").asInt()).isBetween(195, 200);
    assertThat(satisfied.text("/decision/acr")).isEqualTo("aal2");
    assertThat(satisfied.at("/decision/reasons")).isNotEmpty();
    assertThat(ask(user, approved.grant(), "login", "acr_values", "aal2").status()).isEqualTo(200);
    STILE.time().advance(Duration.ofSeconds(201));
    ask(user, approved.grant(), "login").is(201);
  }

  @Test
  void isNoneThatIsOlderThanIsAskedFor() {
    String wire = user.grant("wire", app);
    ask(user, wire, "wire", "max_age", 300).is(200);
    STILE.time().advance(Duration.ofSeconds(61));
    ask(user, wire, "wire").is(200);
    ask(user, wire, "wire", "max_age", 60).is(201);
    // A caller asks for more, never for less.
    STILE.time().advance(Duration.ofSeconds(60));
    ask(user, wire, "wire", "max_age", 300).is(201);
  }

  @Test
  void isNoneForAnotherTransactionOrAudience() {
    String bound = bound("wire");
    ask(user, bound, "wire", "binding", BILL).is(200);
    ask(user, bound, "wire").is(201);
    ask(user, bound, "wire", "binding", Map.of("amount", "49.91 EUR")).is(201);
    ask(user, bound, "wire", "binding", BILL, "audience", "payments").is(201);
    ask(user, user.grant("login", app), "wire").is(201);
  }

  @Test
  void isNoneOfALevelThatIsTooLow() {
    Mailbox mailbox = user.emailBesides(app);
    String low = user.grant("login", mailbox);
    ask(user, low, "login").is(200);
    ask(user, low, "login", "acr_values", "aal2").is(201);
  }

  @Test
  void isNoneWhereAFactorIsWishedFor() {
    String grant = user.grant("login", app);
    ask(user, grant, "login", "factor_id", app.id()).is(201);
    ask(user, grant, "login", "factor_types", List.of("totp")).is(201);
  }

  @Test
  void isNoneWhereThePolicyDoesNotAllowIt() {
    ask(user, user.grant("transfer", app), "transfer").is(201);
    ask(user, user.grant("pay", app), "pay").is(201);
    ask(user, user.grant(User.MANAGE, app), User.MANAGE).is(201);
  }

  @Test
  void isNoneOfAnyoneElse() {
    String grant = user.grant("login", app);
    User other = STILE.user();
    other.app();
    ask(other, grant, "login").is(201);
    ask(new User(STILE, user.subject()).signIn(), grant, "login").is(201);
    ask(new User(STILE, user.subject()).by(Signer.of("STILELOCAL")), grant, "login").is(201);
    ask(user, Tokens.forged(grant, claims -> {}), "login").is(201);
    ask(user, "x", "login").is(201);
  }

  @Test
  void isNoneThatHasEnded() {
    String revoked = user.grant("login", app);
    user.post("/oauth/revoke", "token=" + revoked).is(200);
    ask(user, revoked, "login").is(201);
    String before = user.grant("login", app);
    user.post("/v1/revocations", null).is(204);
    ask(user, before, "login").is(201);
  }
}
