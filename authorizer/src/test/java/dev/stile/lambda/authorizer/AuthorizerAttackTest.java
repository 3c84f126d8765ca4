package dev.stile.lambda.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.guard.Admission.Admitted;
import dev.stile.guard.Admission.TurnedAway;
import dev.stile.guard.Guard;
import dev.stile.verifier.Attack;
import dev.stile.verifier.Forge;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement.Reason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every attack on the verifier, thrown at the authorizer in every kind of event.
class AuthorizerAttackTest {
  private static final Forge FORGE = new Forge();
  private static final List<Attack> ATTACKS = Attack.all(FORGE);
  private final AuthorizerHandler handler =
      new AuthorizerHandler(
          new AuthorizerSettings(FORGE.verifier(), AuthorizerTest.policy(), line -> {}));

  private Answer ask(Kind kind, String path, String token) {
    return Answer.of(handler, kind.event("POST", path, "Bearer " + token));
  }

  @ParameterizedTest
  @EnumSource
  void acceptsNoneOfThem(Kind kind) {
    assertThat(ATTACKS).hasSizeGreaterThanOrEqualTo(400);
    assertThat(ask(kind, "/transfers", FORGE.genuine()).passes()).isTrue();
    assertThat(ATTACKS)
        .allSatisfy(
            attack -> assertThat(ask(kind, "/transfers", attack.token()).denies(kind)).isTrue());
  }

  /// What an HTTP API passes on to a guard is no grant or was one; the guard turns it away.
  @ParameterizedTest
  @EnumSource
  void leavesToTheGuardOnlyWhatItTurnsAway(Kind kind) {
    Guard guard =
        Guard.of(
            FORGE.verifier(),
            Grants.require("transfer"),
            URI.create("https://stile.example/v1/challenges"));
    assertThat(guard.admit("Bearer " + FORGE.genuine(), Map.of())).isInstanceOf(Admitted.class);
    assertThat(ATTACKS)
        .allSatisfy(attack -> {
          boolean left = ask(kind, "/guarded", attack.token()).passes();
          boolean mayBe =
              kind == Kind.HTTP_API
                  && (attack.expected() == Reason.TYPE || attack.expected() == Reason.EXPIRED);
          assertThat(left).isEqualTo(mayBe);
          assertThat(guard.admit("Bearer " + attack.token(), Map.of()))
              .isInstanceOf(TurnedAway.class);
        });
  }
}
