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
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every attack on the verifier, thrown at the authorizer in every kind of event.
@Tag("R21")
class AuthorizerAttackTest {
  private static final Forge FORGE = new Forge();
  private static final List<Attack> ATTACKS = Attack.all(FORGE);
  private static final Set<Reason> LEFT = Set.of(Reason.TYPE, Reason.EXPIRED);

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
  @Test
  void leavesToTheGuardOnlyWhatItTurnsAway() {
    Guard guard =
        Guard.of(
            FORGE.verifier(),
            Grants.require("transfer"),
            URI.create("https://stile.example/v1/challenges"));
    assertThat(guard.admit("Bearer " + FORGE.genuine(), Map.of())).isInstanceOf(Admitted.class);
    List<Attack> left =
        ATTACKS.stream()
            .filter(attack -> ask(Kind.HTTP_API, "/guarded", attack.token()).passes())
            .toList();
    assertThat(left)
        .isNotEmpty()
        .allMatch(attack -> LEFT.contains(attack.expected()))
        .allSatisfy(attack ->
            assertThat(guard.admit("Bearer " + attack.token(), Map.of()))
                .isInstanceOf(TurnedAway.class));
  }
}
