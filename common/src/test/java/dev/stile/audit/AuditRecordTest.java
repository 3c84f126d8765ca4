package dev.stile.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.audit.AuditRecord.Outcome;
import dev.stile.audit.AuditRecord.What;
import dev.stile.audit.AuditTrail.Cursor;
import dev.stile.subject.Call;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRecordTest {
  private static final EventId ID = EventId.of("something");

  @Test
  void makesTheSameIdFromTheSameChangeAlone() {
    assertThat(EventId.of("a", "bc", 1)).isEqualTo(EventId.of("a", "bc", 1));
    assertThat(EventId.of("a", "bc", 1)).isNotEqualTo(EventId.of("ab", "c", 1));
    assertThat(EventId.of("a", "bc", 1)).isNotEqualTo(EventId.of("a", "bc", 2));
  }

  @Tag("R28")
  @ParameterizedTest
  @ValueSource(strings = {"", "challenge approved", "a\r\nb", "a.b.c", "A", "x\"y"})
  void takesWordsOnlyForTypesAndReasons(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new What(text, Outcome.SUCCESS, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new What("factor.added", Outcome.SUCCESS, text));
  }

  @Tag("R28")
  @Test
  void cutsOutOfARequestIdWhatCouldBreakALine() {
    assertThat(new Call("console", "a1-B=\r\n{\"x\":1}\u0000é._").request()).isEqualTo("a1-B=x1._");
    assertThat(new Call("console", "x".repeat(500)).request()).hasSize(128);
  }

  @Test
  void readsTheCursorThatItWrote() {
    var cursor = new Cursor(Instant.parse("2026-11-22T08:00:00.123Z"), ID);
    assertThat(Cursor.of(cursor.text())).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1.", ".evt_x", "1.evt_x", "-1.evt_x", "99999999999999999999.evt_x"})
  void refusesACursorThatItDidNotWrite(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cursor.of(text));
  }
}
