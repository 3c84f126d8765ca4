package dev.stile.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.subject.Door;
import dev.stile.subject.Principal;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PurposeTest {
  private static final Tenant ACME = new Tenant("acme");
  private static final Subject ANN = new Subject(ACME, "ann");
  private static final Principal PRINCIPAL =
      new Principal(Door.SELF_SERVICE, "console", ANN, "session");

  /// R05: one dimension changed at a time, and no two owners alike.
  @Tag("R05")
  @Test
  void givesEachPrincipalAnOwnerOfItsOwn() {
    Map<String, String> owners = new HashMap<>();
    Map.of(
            "the same", PRINCIPAL,
            "door", new Principal(Door.BACK_END, "console", ANN, "session"),
            "client", new Principal(Door.SELF_SERVICE, "other", ANN, "session"),
            "subject",
                new Principal(Door.SELF_SERVICE, "console", new Subject(ACME, "bob"), "session"),
            "tenant",
                new Principal(
                    Door.SELF_SERVICE,
                    "console",
                    new Subject(new Tenant("other"), "ann"),
                    "session"),
            "session", new Principal(Door.SELF_SERVICE, "console", ANN, "another"),
            "no session", new Principal(Door.SELF_SERVICE, "console", ANN, null),
            "empty session", new Principal(Door.SELF_SERVICE, "console", ANN, ""),
            "moved border",
                new Principal(Door.SELF_SERVICE, "consolea", new Subject(ACME, "nn"), "session"))
        .forEach((name, principal) -> {
          for (Purpose purpose : Purpose.values()) {
            assertThat(owners.put(purpose.owner(principal), name + " " + purpose))
                .as(name)
                .isNull();
          }
        });
    assertThat(owners).hasSize(18);
  }

  @Test
  void isTheSameForTheSamePrincipal() {
    var again = new Principal(Door.SELF_SERVICE, "console", new Subject(ACME, "ann"), "session");
    assertThat(Purpose.STEP_UP.owner(again)).isEqualTo(Purpose.STEP_UP.owner(PRINCIPAL));
  }

  @Test
  void tellsNothingOfThePrincipal() {
    assertThat(Purpose.STEP_UP.owner(PRINCIPAL))
        .matches("[A-Za-z0-9_-]{43}")
        .doesNotContain("ann", "console", "acme");
  }
}
