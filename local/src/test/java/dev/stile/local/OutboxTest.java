package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditTrail;
import dev.stile.aws.dynamo.DynamoAuditTrail;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.engines.Fault;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What comes out of the table's stream, over the wire.
class OutboxTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();

  private final User user = STILE.user();

  private static List<JsonNode> events(Api api, String subject) {
    JsonNode all = api.get("/local/events").is(200).json();
    return StreamSupport.stream(all.spliterator(), false)
        .filter(event -> event.at("/subject").asText().equals(subject))
        .toList();
  }

  private static String type(JsonNode event) {
    return event.at("/type").asText().replace("dev.stile.", "");
  }

  private List<String> types() {
    return events(STILE.api(), user.subject()).stream().map(OutboxTest::type).toList();
  }

  private void awaits(String... types) {
    Patience.untilTrue(String.join(" ", types) + " in vain", () -> types().size() >= types.length);
    assertThat(types()).containsExactlyInAnyOrder(types);
  }

  private static AuditTrail trail(LocalStile stile) {
    AccountClients account = DaggerAccountClients.factory().create(stile.engines().environment());
    return new DynamoAuditTrail(new StileTable(account.dynamoDb(), LocalStile.TABLE));
  }

  private static List<AuditRecord> audited(LocalStile stile, String subject) {
    var whose = new Subject(new Tenant("default"), subject);
    var late = STILE.time().instant().plus(Duration.ofDays(1));
    return trail(stile).page(whose, null, 100, late).records();
  }

  private Map<String, Long> audited() {
    return audited(STILE.server(), user.subject()).stream()
        .collect(Collectors.groupingBy(entry -> entry.what().type(), Collectors.counting()));
  }

  @Tag("R28")
  @Test
  void tellsAnAppsStoryOnceAndInOrder() {
    Authenticator app = user.pendingApp(null);
    user.activate(app.id(), app.wrong(), null).is(422);
    user.activated(app, null);
    String challenge = user.challenge("login", app).id();
    user.verify(challenge, app.wrong()).is(422);
    Answer approved = user.verify(challenge, app.code()).is(200);
    user.cancel(user.challenge("login", app).id()).is(200);
    awaits(
        "factor.pending",
        "guess.rejected",
        "factor.added",
        "challenge.opened",
        "guess.rejected",
        "challenge.approved",
        "challenge.opened",
        "challenge.canceled");
    assertThat(types().subList(0, 3))
        .containsExactly("factor.pending", "guess.rejected", "factor.added");
    assertThat(audited())
        .isEqualTo(
            Map.of(
                "factor.pending", 1L,
                "guess.rejected", 2L,
                "factor.added", 1L,
                "challenge.approved", 1L));
    AuditRecord newest = audited(STILE.server(), user.subject()).getFirst();
    assertThat(newest.what().type()).isEqualTo("challenge.approved");
    assertThat(newest.about().challenge()).hasToString(challenge);
    Call call = Objects.requireNonNull(newest.call());
    assertThat(call.client()).isEqualTo("console");
    assertThat(STILE.log())
        .filteredOn(line -> line.contains("/verify") && line.contains("200"))
        .anyMatch(line -> line.contains(call.request()));
    assertThat(approved.grant()).isNotEmpty();
  }

  @Test
  void tellsOfSendings() {
    Mailbox phone = user.phone();
    String challenge = user.challenge("login", phone).id();
    user.delivered(challenge);
    phone.rest();
    user.resend(challenge).is(200);
    user.delivered(challenge);
    awaits(
        "factor.pending",
        "challenge.requested",
        "challenge.opened",
        "delivery.sent",
        "challenge.approved",
        "factor.added",
        "challenge.opened",
        "delivery.sent",
        "challenge.resent",
        "delivery.sent");
  }

  @Test
  void notesTheLastUseOfADestination() {
    Mailbox phone = user.phone();
    user.approve("login", phone);
    Patience.untilTrue(
        "the use noted",
        () ->
            STILE.log().stream()
                .anyMatch(line -> line.contains("factor.verified") && line.contains("\"noted\"")));
    assertThat(user.factor(phone.id()).text("/last_used_at")).isNotEmpty();
  }

  @Tag("R20")
  @Nested
  class ANotice {
    private final Mailbox phone = user.phone();

    private static List<String> bodies(Mailbox mailbox, int count) {
      Patience.untilTrue("the notices", () -> mailbox.notices().size() >= count);
      List<String> bodies = new ArrayList<>();
      mailbox.notices().forEach(notice -> bodies.add(notice.at("/body").asText()));
      return bodies;
    }

    @Test
    void tellsEveryDestinationWhatWasAdded() {
      Mailbox mail = user.emailBesides(phone);
      assertThat(bodies(mail, 1))
          .singleElement()
          .asString()
          .contains("Added to your", "e-mail address", "UTC", "If not");
      assertThat(bodies(phone, 2))
          .allMatch(body -> body.contains("Added to your") && body.contains("Not you?"))
          .noneMatch(body -> body.matches("(?s).*\\d{6}.*"));
    }

    @Test
    void reachesTheDestinationThatWasRemoved() {
      Mailbox mail = user.emailBesides(phone);
      // Removed sooner, it would not be told that it was added.
      assertThat(bodies(mail, 1)).hasSize(1);
      user.remove(mail.id(), user.grant(User.MANAGE, phone)).is(204);
      assertThat(bodies(mail, 2).getLast()).contains("Removed from your", "e-mail address");
      assertThat(bodies(phone, 3).getLast()).contains("Removed from your", "e-mail address");
    }
  }

  @Nested
  class WhenItIsToldAgain {
    @Test
    void makesNoSecondRecordAndNoSecondNotice() {
      Mailbox phone = user.phone();
      user.approve("login", phone);
      Patience.untilTrue("the first notice", () -> phone.notices().size() == 1);
      Patience.untilTrue("the first telling", () -> audited().containsKey("challenge.approved"));
      // The one that proved the phone, and the login.
      Patience.untilTrue("the first events", () -> told("challenge.approved") == 2);
      Map<String, Long> once = audited();
      Set<String> events = ids();

      STILE.server().relayAgain();

      Patience.untilTrue("a second telling", () -> told("challenge.approved") >= 4);
      Patience.untilTrue("the notice asked for again", () -> dueNotices() >= 2);
      assertThat(audited()).isEqualTo(once);
      assertThat(phone.notices()).hasSize(1);
      assertThat(ids()).isEqualTo(events);
    }

    /// How often the worker was told of the factor.
    private long dueNotices() {
      String request =
          events(STILE.api(), user.subject()).stream()
              .filter(event -> type(event).equals("factor.added"))
              .map(event -> event.at("/data/request_id").asText())
              .findFirst()
              .orElseThrow();
      return STILE.log().stream()
          .filter(line -> line.contains("notice.due") && line.contains(request))
          .count();
    }

    private Set<String> ids() {
      return events(STILE.api(), user.subject()).stream()
          .map(event -> event.at("/id").asText())
          .collect(Collectors.toSet());
    }

    private long told(String type) {
      return types().stream().filter(type::equals).count();
    }
  }

  @Nested
  class WhenTheTopicIsDown {
    @Test
    void losesNothing() {
      STILE
          .server()
          .engines()
          .capture()
          .faults()
          .plan("sns:Publish", 3, new Fault.Refused("AuthorizationError"));
      Authenticator app = user.app();
      user.approve("login", app);
      awaits("factor.pending", "factor.added", "challenge.opened", "challenge.approved");
      assertThat(audited())
          .isEqualTo(Map.of("factor.pending", 1L, "factor.added", 1L, "challenge.approved", 1L));
    }
  }

  /// The main method of a process that judges and tells nobody, to be killed.
  static final class Mute {
    private Mute() {}

    public static void main(String[] arguments) throws IOException {
      var silent = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
      LocalStile stile = LocalStile.start(new Options(0, Path.of(arguments[0]), null), silent);
      stile.stopRelay();
      System.out.println(stile.base());
    }
  }

  @Nested
  class WhenTheProcessIsKilledRightBehindAVerdict {
    @TempDir Path folder;

    @Test
    void tellsItWhenItIsBack() throws Exception {
      Process killed =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "--enable-native-access=ALL-UNNAMED",
                  Mute.class.getName(),
                  folder.resolve("data").toString())
              .redirectError(folder.resolve("stderr").toFile())
              .start();
      String subject;
      try (var out =
          new BufferedReader(
              new InputStreamReader(killed.getInputStream(), StandardCharsets.UTF_8))) {
        var api = new Api(URI.create(String.valueOf(out.readLine())));
        subject = judged(api);
      } finally {
        killed.destroyForcibly();
      }
      assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
      try (LocalStile back =
          LocalStile.start(new Options(0, folder.resolve("data"), null), silent())) {
        var api = new Api(back.base());
        Patience.untilTrue("what was judged", () -> events(api, subject).size() >= 4);
        assertThat(events(api, subject).stream().map(OutboxTest::type))
            .containsExactly(
                "factor.pending", "factor.added", "challenge.opened", "challenge.approved");
        assertThat(audited(back, subject))
            .extracting(entry -> entry.what().type())
            .containsExactlyInAnyOrder("factor.pending", "factor.added", "challenge.approved");
      }
    }

    private static PrintStream silent() {
      return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    }

    /// Someone whose grant was answered; nobody was told yet.
    private static String judged(Api api) {
      var there = RunningStile.at(api);
      User someone = there.user();
      someone.grant("login", someone.app());
      assertThat(api.get("/local/events").is(200).body()).isEqualTo("[]");
      return someone.subject();
    }
  }
}
