package dev.stile.challenge;

import static dev.stile.challenge.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Challenge.Progress;
import dev.stile.factor.FactorKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChallengeTest {
  private static final Instant EXPIRY = NOW.plusSeconds(300);

  @ParameterizedTest
  @CsvSource({
    "PENDING, 0, 299999, PENDING",
    "PENDING, 4, 0, PENDING",
    "PENDING, 5, 0, FAILED",
    "PENDING, 0, 300000, EXPIRED",
    "PENDING, 5, 300000, FAILED",
    "REQUESTED, 0, 0, REQUESTED",
    "REQUESTED, 0, 300000, EXPIRED",
    "APPROVED, 5, 300000, APPROVED",
    "APPROVED, 0, 0, APPROVED",
    "CANCELED, 5, 300000, CANCELED"
  })
  void hasTheStatusThatGuessesAndClockMadeOfIt(
      Status stored, int guesses, long millis, Status status) {
    var progress = new Progress(stored, guesses, null, null, null);
    var challenge = Samples.challenge(FactorKind.SMS, NOW, progress);
    Instant moment = NOW.plusMillis(millis);
    assertThat(challenge.status(moment)).isEqualTo(status);
    assertThat(challenge.isLive(moment)).isEqualTo(!status.isTerminal());
    assertThat(challenge.attemptsLeft()).isEqualTo(5 - guesses);
  }

  @Test
  void endedAtItsLastVerdictOrItsExpiry() {
    assertThat(ended(null)).isEqualTo(EXPIRY);
    assertThat(ended(NOW.plusSeconds(10))).isEqualTo(NOW.plusSeconds(10));
    assertThat(ended(EXPIRY.plusSeconds(1))).isEqualTo(EXPIRY);
  }

  private static Instant ended(@org.jspecify.annotations.Nullable Instant lastVerdict) {
    var progress = new Progress(Status.APPROVED, 0, lastVerdict, null, null);
    return Samples.challenge(FactorKind.SMS, NOW, progress).ended();
  }

  @ParameterizedTest
  @EnumSource
  void isNamedOnTheWireInLowerCase(Status status) {
    assertThat(status.wire()).isLowerCase();
    assertThat(Status.ofWire(status.wire())).isEqualTo(status);
    assertThat(status.isTerminal())
        .isEqualTo(status != Status.REQUESTED && status != Status.PENDING);
  }

  @Test
  void showsAClaimedSendingAsQueued() {
    assertThat(Dispatch.Delivery.SENDING.wire()).isEqualTo("queued");
    assertThat(Dispatch.Delivery.QUEUED.wire()).isEqualTo("queued");
    assertThat(Dispatch.Delivery.SENT.wire()).isEqualTo("sent");
    assertThat(Dispatch.Delivery.FAILED.wire()).isEqualTo("failed");
    assertThat(Dispatch.first(NOW, "en").resendsLeft()).isEqualTo(2);
  }
}
