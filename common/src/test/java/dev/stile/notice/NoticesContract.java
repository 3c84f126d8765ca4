package dev.stile.notice;

import static dev.stile.testing.Samples.IDS;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.audit.EventId;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.subject.Subject;
import dev.stile.testing.Enrollment;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.Scene;
import dev.stile.testing.StoreContract;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store of notices does, whatever it is made of. Subjects are fresh in each test.
public abstract class NoticesContract extends StoreContract {
  private final FactorId to = FactorId.random(IDS);

  /// The store under test, over the same table as `stores`.
  protected abstract Notices notices();

  private static Notice notice(@Nullable Addressee removed) {
    return new Notice(
        EventId.of(IDS.text()),
        Notice.Kind.FACTOR_REMOVED,
        NOW,
        Samples.subject(),
        new Notice.About(FactorKind.SMS, "••• 09"),
        removed);
  }

  private Notice announced() {
    Notice notice = notice(null);
    assertThat(notices().announce(notice)).isTrue();
    return notice;
  }

  @Test
  void keepsEverythingThatANoticeSays() {
    var destination = (Destination) Samples.credential(FactorKind.EMAIL);
    Notice full = notice(new Addressee(to, destination, "de-AT"));
    Notice silent = notice(new Addressee(to, destination, null));
    Notice bare =
        new Notice(
            EventId.of(IDS.text()),
            Notice.Kind.FACTOR_ADDED,
            NOW,
            Samples.subject(),
            new Notice.About(FactorKind.TOTP, null),
            null);
    Notice recovery =
        new Notice(
            EventId.of(IDS.text()), Notice.Kind.RECOVERY_USED, NOW, Samples.subject(), null, null);
    for (Notice notice : List.of(full, silent, bare, recovery)) {
      assertThat(notices().announce(notice)).isTrue();
      assertThat(notices().find(notice.subject(), notice.id())).contains(notice);
    }
  }

  @Test
  void announcesOnceAndShowsNobodyElsesNotice() {
    Notice notice = announced();
    assertThat(notices().announce(notice)).isFalse();
    assertThat(notices().find(Samples.subject(), notice.id())).isEmpty();
    assertThat(notices().find(notice.subject(), EventId.of("another"))).isEmpty();
  }

  @Test
  void isClaimedForEachDestinationByOneOfMany() {
    for (int round = 0; round < 10; round++) {
      Notice notice = announced();
      assertThat(Race.of(32, i -> notices().claim(notice, to, NOW))).containsOnlyOnce(true);
      assertThat(notices().claim(notice, FactorId.random(IDS), NOW)).isTrue();
    }
  }

  @Test
  void isNeverClaimedAgainOnceItIsSettled() {
    Notice notice = announced();
    notices().claim(notice, to, NOW);
    notices().settle(notice, to);
    assertThat(notices().claim(notice, to, NOW.plusSeconds(100_000))).isFalse();
  }

  @Test
  void isClaimedAgainWhenAClaimIsReleasedOrForgotten() {
    Notice notice = announced();
    assertThat(notices().claim(notice, to, NOW)).isTrue();
    notices().release(notice, to);
    assertThat(notices().claim(notice, to, NOW)).isTrue();
    assertThat(notices().claim(notice, to, NOW.plus(Notice.CLAIM).minusMillis(1))).isFalse();
    assertThat(notices().claim(notice, to, NOW.plus(Notice.CLAIM))).isTrue();
  }

  @Test
  void cannotBeClaimedBeforeItIsAnnounced() {
    assertThat(notices().claim(notice(null), to, NOW)).isFalse();
  }

  @Test
  void goesToEveryVerifiedDestinationInItsOwnLanguage() {
    Scene phone = Scene.enrolled(stores(), FactorKind.SMS);
    Subject subject = phone.subject();
    phone.another(FactorKind.TOTP);
    Scene mail = phone.another(FactorKind.EMAIL);
    new Enrollment(stores(), subject).pending(FactorKind.EMAIL, NOW);

    List<Addressee> addressees = notices().addressees(subject);
    assertThat(addressees)
        .extracting(Addressee::factor)
        .containsExactlyInAnyOrder(phone.id(), mail.id());
    assertThat(addressees).extracting(Addressee::locale).containsOnly("de-AT");
    assertThat(addressees)
        .extracting(addressee -> addressee.destination().kind())
        .containsExactlyInAnyOrder(FactorKind.SMS, FactorKind.EMAIL);
    assertThat(notices().addressees(Samples.subject())).isEmpty();
  }
}
