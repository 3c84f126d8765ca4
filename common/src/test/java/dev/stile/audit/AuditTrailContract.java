package dev.stile.audit;

import static dev.stile.testing.Samples.IDS;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.audit.AuditRecord.About;
import dev.stile.audit.AuditRecord.Outcome;
import dev.stile.audit.AuditRecord.What;
import dev.stile.audit.AuditTrail.Cursor;
import dev.stile.audit.AuditTrail.Page;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every audit trail does, whatever it is made of. Subjects are fresh in each test.
public abstract class AuditTrailContract {
  private static final FactorId FACTOR = FactorId.random(IDS);

  private final Subject subject = Samples.subject();

  /// The trail under test; the same one throughout a test.
  protected abstract AuditTrail trail();

  private AuditRecord happened(Instant at) {
    return happened(subject, at);
  }

  private static AuditRecord happened(Subject subject, Instant at) {
    var challenge = ChallengeId.random(IDS, FactorKind.SMS, FACTOR, 1);
    return new AuditRecord(
        EventId.of(challenge.text()),
        at,
        subject,
        new What("guess.rejected", Outcome.FAILURE, "code_incorrect"),
        new About(FACTOR, FactorKind.SMS, challenge, "transfer"),
        new Call("console", "request-1"));
  }

  private Page page(@Nullable Cursor after, int limit) {
    return trail().page(subject, after, limit, NOW);
  }

  @Test
  void keepsEverythingThatARecordSays() {
    AuditRecord full = happened(NOW.plusMillis(7));
    AuditRecord bare =
        new AuditRecord(
            EventId.of("bare"),
            NOW,
            subject,
            new What("factor.removed", Outcome.SUCCESS, null),
            new About(FACTOR, FactorKind.TOTP, null, null),
            null);
    AuditRecord recovery =
        new AuditRecord(
            EventId.of("recovery"),
            NOW.minusMillis(1),
            subject,
            new What("recovery.used", Outcome.SUCCESS, null),
            About.RECOVERY_CODES,
            null);
    List.of(full, bare, recovery).forEach(entry -> assertThat(trail().append(entry)).isTrue());
    assertThat(page(null, 10)).isEqualTo(new Page(List.of(full, bare, recovery), null));
  }

  @Test
  void appendsARecordOnce() {
    AuditRecord once = happened(NOW);
    assertThat(trail().append(once)).isTrue();
    assertThat(trail().append(once)).isFalse();
    assertThat(page(null, 10).records()).containsExactly(once);
  }

  @Test
  void appendsARecordOnceForManyAtOnce() {
    for (int round = 0; round < 10; round++) {
      AuditRecord once = happened(NOW.plusSeconds(round));
      assertThat(Race.of(32, i -> trail().append(once))).containsOnlyOnce(true);
    }
    assertThat(page(null, 100).records()).hasSize(10);
  }

  @Test
  void turnsPagesFromTheNewestToTheOldest() {
    List<AuditRecord> all =
        IntStream.range(0, 7).mapToObj(i -> happened(NOW.plusMillis(i))).toList();
    all.forEach(trail()::append);
    List<AuditRecord> read = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    @Nullable Cursor after = null;
    do {
      Page page = page(after, 3);
      read.addAll(page.records());
      sizes.add(page.records().size());
      after = page.next();
    } while (after != null);
    assertThat(read).containsExactlyElementsOf(all.reversed());
    assertThat(sizes).containsExactly(3, 3, 1);
  }

  @Test
  void endsWithAPageThatIsJustFull() {
    IntStream.range(0, 3).forEach(i -> trail().append(happened(NOW.plusMillis(i))));
    assertThat(page(null, 3).next()).isNull();
  }

  @Test
  void goesOnBehindItsCursorWhateverCameMeanwhile() {
    List<AuditRecord> all =
        IntStream.range(0, 4).mapToObj(i -> happened(NOW.plusMillis(i))).toList();
    all.forEach(trail()::append);
    Page first = page(null, 2);
    trail().append(happened(NOW.plusSeconds(1)));
    assertThat(page(first.next(), 2).records()).containsExactly(all.get(1), all.get(0));
  }

  @Test
  void tellsRecordsOfTheSameMomentApart() {
    List<AuditRecord> all = IntStream.range(0, 5).mapToObj(i -> happened(NOW)).toList();
    all.forEach(trail()::append);
    Page first = page(null, 2);
    Page rest = page(first.next(), 10);
    assertThat(first.records()).hasSize(2).doesNotContainAnyElementsOf(rest.records());
    assertThat(rest.records()).hasSize(3);
  }

  @Test
  void keepsSubjectsAndTenantsApart() {
    trail().append(happened(NOW));
    var elsewhere = new Subject(new Tenant("other"), subject.id());
    var alike = new Subject(subject.tenant(), subject.id() + "#A");
    for (Subject other : List.of(elsewhere, alike, Samples.subject())) {
      assertThat(trail().page(other, null, 10, NOW).records()).isEmpty();
    }
  }

  @Test
  void forgetsWhatIsOlderThanItsRetention() {
    Duration year = AuditRecord.RETENTION;
    trail().append(happened(NOW));
    assertThat(trail().page(subject, null, 10, NOW.plus(year).minusMillis(1)).records()).hasSize(1);
    assertThat(trail().page(subject, null, 10, NOW.plus(year)).records()).isEmpty();
  }

  @Test
  void findsNothingOlderBehindALateCursor() {
    AuditRecord old = happened(NOW);
    trail().append(old);
    Instant late = NOW.plus(AuditRecord.RETENTION).plusSeconds(1);
    assertThat(trail().page(subject, Cursor.behind(old), 10, late))
        .isEqualTo(new Page(List.of(), null));
  }
}
