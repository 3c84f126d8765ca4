package dev.stile.lambda.challenge;

import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.assurance.Level;
import dev.stile.assurance.Limits;
import dev.stile.assurance.Policy;
import dev.stile.audit.EventId;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.key.FixedKeys;
import dev.stile.key.KeyUse;
import dev.stile.key.Sealing;
import dev.stile.key.Secret;
import dev.stile.lambda.challenge.DeliverCode.DeliveryUnavailable;
import dev.stile.message.Courier;
import dev.stile.message.Fact.NoticeDue;
import dev.stile.message.Message.Envelope;
import dev.stile.notice.Addressee;
import dev.stile.notice.Notice;
import dev.stile.notice.Notices;
import dev.stile.subject.Subject;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.SeededRandom;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R20")
class DeliverNoticeTest {
  private static final String PHONE = "+436641234567";
  private static final String MAIL = "ann@example.org";
  private static final String GONE = "+436649999999";
  private static final Window WINDOW = new Window(10, Duration.ofHours(1));

  private final Subject subject = Samples.subject();
  private final Sealing sealing = new Sealing(new FixedKeys(), new SeededRandom(1));
  private final Store store = new Store();
  private final Carrier carrier = new Carrier();
  private final Notice notice = notice();

  private Addressee addressee(FactorKind kind, String address) {
    FactorId id = FactorId.random(Samples.IDS);
    Secret secret = Secret.of(address.getBytes(StandardCharsets.UTF_8));
    var sealed = sealing.seal(subject, id.text(), KeyUse.DESTINATION, secret);
    return new Addressee(id, new Destination(kind, sealed, "••• 67", "index"), "de");
  }

  private Notice notice() {
    store.addressees.add(addressee(FactorKind.SMS, PHONE));
    store.addressees.add(addressee(FactorKind.EMAIL, MAIL));
    return new Notice(
        EventId.of("removed"),
        Notice.Kind.FACTOR_REMOVED,
        NOW,
        subject,
        new Notice.About(FactorKind.SMS, "••• 99"),
        addressee(FactorKind.SMS, GONE));
  }

  private String deliver(Instant now) {
    var clock = Clock.fixed(now, ZoneOffset.UTC);
    Policy policy = policy();
    var worker = new DeliverNotice(store, () -> policy, sealing, new NoticeTexts(), carrier, clock);
    Instant expires = NOW.plus(Notice.LIFETIME);
    var envelope = new Envelope(notice.id().text(), expires, "trace");
    return worker.deliver(new NoticeDue(envelope, subject, NOW));
  }

  private static Policy policy() {
    return new Policy(
        Samples.subject().tenant(),
        new Policy.Parties("Stile", List.of(), List.of()),
        List.of(new Level("aal1", EnumSet.allOf(FactorKind.class))),
        Map.of(),
        Set.of(),
        new Limits(
            new SendLimits(Duration.ZERO, List.of(), WINDOW, WINDOW, WINDOW), WINDOW, WINDOW));
  }

  @Test
  void tellsEveryDestinationAndTheOneThatWasRemovedOnce() {
    store.announce(notice);
    assertThat(deliver(NOW)).isEqualTo("sent");
    assertThat(deliver(NOW.plusSeconds(100))).isEqualTo("nobody");
    assertThat(carrier.to).containsExactly(PHONE, MAIL, GONE);
    assertThat(carrier.said).allMatch(text -> text.startsWith("Aus Ihrem Stile-Konto entfernt"));
  }

  @Test
  void tellsEachOnceThoughManyWorkersCome() {
    store.announce(notice);
    Race.of(32, i -> deliver(NOW));
    assertThat(carrier.to).containsExactlyInAnyOrder(PHONE, MAIL, GONE);
  }

  @Test
  void sendsNothingThatWasNotAnnounced() {
    assertThat(deliver(NOW)).isEqualTo("unknown");
    assertThat(carrier.to).isEmpty();
  }

  @Test
  void sendsNothingThatIsHistory() {
    store.announce(notice);
    assertThat(deliver(NOW.plus(Notice.LIFETIME))).isEqualTo("expired");
    assertThat(carrier.to).isEmpty();
  }

  @Test
  void comesBackForTheCarrierThatWasDownAndForNoOther() {
    store.announce(notice);
    carrier.outcomes.put(MAIL, new Courier.Outcome.Unavailable("throttled"));
    assertThatThrownBy(() -> deliver(NOW)).isInstanceOf(DeliveryUnavailable.class);
    assertThat(carrier.to).containsExactly(PHONE, MAIL, GONE);
    carrier.outcomes.clear();
    assertThat(deliver(NOW)).isEqualTo("sent");
    assertThat(carrier.to).containsExactly(PHONE, MAIL, GONE, MAIL);
  }

  @Test
  void takesARefusalAsTheLastWord() {
    store.announce(notice);
    carrier.outcomes.put(PHONE, new Courier.Outcome.Refused("opted_out"));
    assertThat(deliver(NOW)).isEqualTo("sent");
    assertThat(deliver(NOW)).isEqualTo("nobody");
  }

  /// A worker that dies behind its sending leaves its claim behind.
  @Test
  void repeatsOnlyWhatACrashLeftUnsettled() {
    store.announce(notice);
    FactorId phone = store.addressees.getFirst().factor();
    store.claim(notice, phone, NOW);
    assertThat(deliver(NOW)).isEqualTo("sent");
    assertThat(deliver(NOW.plus(Notice.CLAIM))).isEqualTo("sent");
    assertThat(carrier.to).containsExactly(MAIL, GONE, PHONE);
  }

  private static final class Carrier implements Courier {
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final List<String> to = Collections.synchronizedList(new ArrayList<>());
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Outcome sms(String e164, String body) {
      return take(e164, body);
    }

    @Override
    public Outcome email(String address, Mail mail) {
      return take(address, mail.text());
    }

    private Outcome take(String address, String text) {
      to.add(address);
      said.add(text);
      return outcomes.getOrDefault(address, new Outcome.Accepted("message"));
    }
  }

  /// The store's rules, which its contract holds, over addressees of our own.
  private static final class Store implements Notices {
    private final List<Addressee> addressees = new ArrayList<>();
    private final Map<EventId, Notice> notices = new HashMap<>();
    private final Map<FactorId, Instant> claims = new HashMap<>();

    @Override
    public boolean announce(Notice notice) {
      return notices.putIfAbsent(notice.id(), notice) == null;
    }

    @Override
    public Optional<Notice> find(Subject subject, EventId id) {
      return Optional.ofNullable(notices.get(id));
    }

    @Override
    public List<Addressee> addressees(Subject subject) {
      return addressees;
    }

    @Override
    public synchronized boolean claim(Notice notice, FactorId to, Instant now) {
      boolean free = !claims.getOrDefault(to, Instant.MIN).isAfter(now);
      if (free) {
        claims.put(to, now.plus(Notice.CLAIM));
      }
      return free;
    }

    @Override
    public synchronized void settle(Notice notice, FactorId to) {
      claims.put(to, Instant.MAX);
    }

    @Override
    public synchronized void release(Notice notice, FactorId to) {
      claims.remove(to);
    }
  }
}
