package dev.stile.lambda.relay;

import static dev.stile.lambda.relay.Changes.NOW;
import static dev.stile.lambda.relay.Changes.codes;
import static dev.stile.lambda.relay.Changes.ended;
import static dev.stile.lambda.relay.Changes.guessed;
import static dev.stile.lambda.relay.Changes.image;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.Status;
import dev.stile.factor.FactorKind;
import dev.stile.message.Fact;
import dev.stile.message.Fact.ChallengeFailed;
import dev.stile.message.Fact.FactorLocked;
import dev.stile.message.Fact.FactorVerified;
import dev.stile.message.Fact.NoticeDue;
import dev.stile.notice.Notice;
import dev.stile.outbox.Change;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TellingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMAS = Path.of("../docs/events");

  private final Tellings tellings = new Tellings(URI.create("https://stile.example"));
  private final Changes sms = new Changes(FactorKind.SMS);
  private final Changes app = new Changes(FactorKind.TOTP);
  private final Challenge pending = sms.challenge(Status.PENDING);
  private final Change approved = sms.change(pending, ended(pending, Status.APPROVED));
  private final Change removed =
      sms.change(image(sms.active(), ended(pending, Status.APPROVED)), null);

  private List<Fact> facts(Change change) {
    return tellings.of(change).stream().flatMap(told -> told.facts().stream()).toList();
  }

  private List<Notice> notices(Change change) {
    return tellings.of(change).stream().flatMap(told -> Stream.ofNullable(told.notice())).toList();
  }

  private String audited(Change change) {
    return tellings.of(change).stream()
        .flatMap(told -> Stream.ofNullable(told.entry()))
        .map(entry -> entry.what().type())
        .collect(Collectors.joining(" "));
  }

  @Test
  void tellsEnrollmentOfUsesLocksAndFailures() {
    assertThat(facts(approved)).hasExactlyElementsOfTypes(FactorVerified.class);
    assertThat(facts(approved).getFirst().at()).isEqualTo(NOW);
    assertThat(facts(sms.guess(pending, 5)))
        .hasExactlyElementsOfTypes(ChallengeFailed.class, FactorLocked.class);
    assertThat(facts(app.disabled()))
        .hasExactlyElementsOfTypes(FactorLocked.class, NoticeDue.class);
  }

  @Test
  void namesEachFactByItsEventAndItsRequest() {
    Telling told = tellings.of(approved).getFirst();
    Fact fact = told.facts().getFirst();
    assertThat(told.event().json()).contains("\"id\":\"" + fact.envelope().id() + "\"");
    assertThat(fact.envelope().traceId()).isEqualTo("request-1");
    assertThat(fact.envelope().expires()).isEqualTo(NOW.plus(Notice.LIFETIME));
  }

  @Test
  void noticesWhatIsAddedRemovedAndDisabledAndNothingElse() {
    assertThat(notices(app.change(image(app.pending), image(app.active()))))
        .extracting(Notice::kind)
        .containsExactly(Notice.Kind.FACTOR_ADDED);
    assertThat(notices(app.disabled()))
        .extracting(Notice::kind)
        .containsExactly(Notice.Kind.FACTOR_DISABLED);
    assertThat(notices(app.recovery(codes(10, 0), codes(9, 0))))
        .extracting(Notice::kind)
        .containsExactly(Notice.Kind.RECOVERY_USED);
    assertThat(notices(sms.guess(pending, 1))).isEmpty();
    assertThat(notices(app.begun())).isEmpty();
  }

  @Test
  void keepsTheRemovedDestinationSealedForItsNotice() {
    Notice notice = notices(removed).getFirst();
    assertThat(notice.kind()).isEqualTo(Notice.Kind.FACTOR_REMOVED);
    assertThat(notice.about()).isEqualTo(new Notice.About(FactorKind.SMS, "••• 09"));
    assertThat(notice.removed())
        .extracting(removed -> removed.destination(), removed -> removed.locale())
        .containsExactly(sms.pending.credential(), "de-AT");
  }

  @Tag("R28")
  @Test
  void auditsOneRecordPerVerdictAndPerChangeOfAFactor() {
    assertThat(audited(approved)).isEqualTo("challenge.approved");
    assertThat(audited(sms.guess(pending, 5))).isEqualTo("guess.rejected");
    assertThat(audited(app.disabled())).isEqualTo("guess.rejected factor.disabled");
    assertThat(audited(sms.opened(pending))).isEmpty();
    assertThat(audited(removed)).isEqualTo("factor.removed");
  }

  @Test
  void holdsEveryEventToTheSchemaOfItsType() throws IOException {
    Set<String> seen = new HashSet<>();
    for (Change change : everything()) {
      for (Telling told : tellings.of(change)) {
        JsonNode event = JSON.readTree(told.event().json());
        String type = event.at("/type").asText().replace("dev.stile.", "");
        assertThat(schema(type).validate(event)).as("%s", event).isEmpty();
        seen.add(type);
      }
    }
    List<String> types = Stream.of(Transition.Type.values()).map(Transition.Type::wire).toList();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(types);
    try (Stream<Path> files = Files.list(SCHEMAS)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrderElementsOf(types);
    }
  }

  private static Schema schema(String type) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(JSON.readTree(Files.readString(SCHEMAS.resolve(type + ".json"))));
  }

  @Test
  void publishesNothingThatAUserWroteOrOwns() {
    for (Change change : everything()) {
      for (Telling told : tellings.of(change)) {
        assertThat(told.event().json())
            .doesNotContain("My ", "•", "example.org", "Zoë", "250,00", "owner");
      }
    }
  }

  /// One change at least for each type.
  private List<Change> everything() {
    List<Change> all =
        new ArrayList<>(
            List.of(
                app.begun(),
                app.change(image(app.pending), null),
                app.change(image(app.pending), image(app.active())),
                app.renamed(),
                app.disabled(),
                app.recovery(null, codes(10, 0)),
                app.recovery(codes(10, 0), codes(9, 0)),
                app.recovery(codes(10, 0), codes(10, 1)),
                app.change(image(app.active()), image(app.failed(1), guessed(pending, 5))),
                removed,
                sms.opened(sms.challenge(Status.REQUESTED)),
                sms.opened(pending),
                sms.guess(pending, 5)));
    for (Dispatch dispatch :
        List.of(
            new Dispatch(1, Delivery.SENT, NOW, null, "de"),
            new Dispatch(1, Delivery.FAILED, NOW, "opted_out", "de"),
            new Dispatch(2, Delivery.QUEUED, NOW, null, "de"))) {
      all.add(sms.change(pending, Changes.sent(pending, dispatch)));
    }
    for (Status status : List.of(Status.APPROVED, Status.DENIED, Status.BLOCKED, Status.CANCELED)) {
      all.add(sms.change(pending, ended(pending, status)));
    }
    return all;
  }
}
