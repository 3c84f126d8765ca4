package dev.stile.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {
  private static final Tenant ACME = new Tenant("acme");

  @ParameterizedTest
  @ValueSource(strings = {"a", "auth0|5f7c8ec7c33c6c004bbafe82", "Ann@example.org", "Jürg", "😀"})
  void takesWhatIssuersCallTheirUsers(String id) {
    assertThat(new Subject(ACME, id).id()).isEqualTo(id);
  }

  @Test
  void takesUpTo256Characters() {
    assertThat(new Subject(ACME, "a".repeat(256)).id()).hasSize(256);
    assertThatIllegalArgumentException().isThrownBy(() -> new Subject(ACME, "a".repeat(257)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\n", "\u0000", "a\u007f", "\u0085", "a\ud800", "\udc00a"})
  void refusesWhatWouldNotStayTheSameInTheTable(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Subject(ACME, id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a#b", "a b", "ä", "a_b", "a\n"})
  void refusesTenantsThatCouldBreakAKey(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Tenant(id));
  }

  @Test
  void takesTenantsOfUpTo64Characters() {
    assertThat(new Tenant("a-1".repeat(21) + "z").id()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> new Tenant("a".repeat(65)));
  }
}
