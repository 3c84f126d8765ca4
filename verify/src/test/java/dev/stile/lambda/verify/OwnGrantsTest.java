package dev.stile.lambda.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.assurance.BackEnd;
import dev.stile.assurance.Capability;
import dev.stile.assurance.Client;
import dev.stile.assurance.Policy;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.subject.Caller;
import dev.stile.subject.Door;
import dev.stile.subject.Principal;
import dev.stile.subject.Subject;
import dev.stile.token.Grant;
import dev.stile.token.SigningAlgorithm;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R26")
class OwnGrantsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final TrustedIssuer CORP = new TrustedIssuer("https://corp.example", "corp");

  private final OwnGrants grants =
      new OwnGrants(
          (token, audiences, now) -> Optional.of(grant("corp|ann")),
          OwnGrantsTest::policy,
          Clock.fixed(NOW, ZoneOffset.UTC));

  private static Grant grant(String subject) {
    return new Grant(
        "grt_1",
        new Grant.Party("https://stile.example", subject, "payments", "shop", null),
        new Grant.Assurance(NOW, "aal2", List.of("otp"), 0),
        new Grant.Transaction("chl_1", "pay", GrantAttacksTest.UNBOUND),
        NOW,
        Grant.MAX_LIFETIME);
  }

  private static Policy policy() {
    Policy usual = GrantAttacksTest.policy();
    var backEnd = new BackEnd(Set.of(), Set.of(Capability.CHALLENGE), CORP.issuer(), false);
    var client =
        new Client(
            "back",
            List.of(),
            List.of("payments"),
            "localhost",
            "en",
            null,
            backEnd,
            SigningAlgorithm.ES256);
    return new Policy(
        usual.tenant(),
        new Policy.Parties("Acme", List.of(CORP), List.of(client)),
        usual.levels(),
        usual.actions(),
        usual.countries(),
        usual.limits());
  }

  private Optional<Grant> find(Door door, String subject) {
    var principal = new Principal(door, "back", new Subject(policy().tenant(), subject), null);
    return grants.find(new Caller(principal, null, "192.0.2.1"), "a token");
  }

  @Test
  void areFoundByTheUserAsABackEndKnowsHimOrAsTheGrantDoes() {
    assertThat(find(Door.BACK_END, CORP.subject("ann"))).isPresent();
    assertThat(find(Door.BACK_END, CORP.subject("corp|ann"))).isPresent();
    assertThat(find(Door.BACK_END, CORP.subject("bob"))).isEmpty();
    assertThat(find(Door.BACK_END, CORP.subject("corp|bob"))).isEmpty();
  }

  @Test
  void areFoundByUsersUnderTheirOwnNameAlone() {
    assertThat(find(Door.SELF_SERVICE, CORP.subject("ann"))).isPresent();
    assertThat(find(Door.SELF_SERVICE, CORP.subject("corp|ann"))).isEmpty();
  }
}
