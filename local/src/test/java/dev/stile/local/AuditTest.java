package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditTrail;
import dev.stile.audit.EventId;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.dynamo.DynamoAuditTrail;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The history of a user as the API tells it, out of what the trail holds.
class AuditTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();

  private final User self = STILE.user();
  private final User backEnd = new User(STILE, self.subject()).by(Signer.of(Engines.ACCESS_KEY_ID));
  private final FactorId factor = new FactorId("fct_aaaaaaaaaaaaaaaaaaaaaaaaaa");
  private final List<String> ids = new ArrayList<>();

  /// Seven records, a minute apart.
  @BeforeEach
  void append() {
    AwsEnvironment environment = STILE.server().engines().environment();
    AuditTrail trail =
        new DynamoAuditTrail(
            new StileTable(
                DaggerAccountClients.factory().create(environment).dynamoDb(), LocalStile.TABLE));
    var subject = new Subject(new Tenant("default"), self.subject());
    Instant began = STILE.time().instant().minus(Duration.ofHours(1));
    for (int i = 0; i < 7; i++) {
      EventId id = EventId.of(self.subject(), i);
      ids.addFirst(id.text());
      trail.append(
          new AuditRecord(
              id,
              began.plus(Duration.ofMinutes(i)),
              subject,
              new AuditRecord.What(
                  "challenge.rejected", AuditRecord.Outcome.FAILURE, "code_incorrect"),
              new AuditRecord.About(factor, FactorKind.TOTP, null, "login"),
              new Call("console", "request-" + i)));
    }
  }

  private static List<String> shown(Answer page) {
    List<String> shown = new ArrayList<>();
    page.at("/items").forEach(item -> shown.add(item.at("/id").asText()));
    return shown;
  }

  @Test
  void isToldNewestFirstWithWhoCalled() {
    Answer all = self.get("/v1/audit").is(200);
    assertThat(shown(all)).isEqualTo(ids);
    assertThat(all.at("/next").isMissingNode()).isTrue();
    assertThat(all.text("/items/0/type")).isEqualTo("challenge.rejected");
    assertThat(all.text("/items/0/outcome")).isEqualTo("failure");
    assertThat(all.text("/items/0/reason")).isEqualTo("code_incorrect");
    assertThat(all.text("/items/0/factor/id")).isEqualTo(factor.text());
    assertThat(all.text("/items/0/client_id")).isEqualTo("console");
    assertThat(all.text("/items/0/request_id")).isEqualTo("request-6");
  }

  @Test
  void isToldPageByPage() {
    List<String> seen = new ArrayList<>();
    Answer page = backEnd.get("/v1/audit?limit=3").is(200);
    seen.addAll(shown(page));
    while (!page.at("/next").isMissingNode()) {
      page = backEnd.get("/v1/audit?limit=3&after=" + page.text("/next")).is(200);
      assertThat(shown(page)).hasSizeBetween(1, 3);
      seen.addAll(shown(page));
    }
    assertThat(seen).isEqualTo(ids);
  }

  @Test
  void isOfNobodyElse() {
    assertThat(shown(STILE.user().get("/v1/audit").is(200))).isEmpty();
    User other = new User(STILE, self.subject() + "x").by(Signer.of(Engines.ACCESS_KEY_ID));
    assertThat(shown(other.get("/v1/audit").is(200))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=",
        "after=",
        "after=1",
        "from=1",
        "limit=1&limit=2"
      })
  void refusesAQueryThatIsNotUnderstood(String query) {
    self.get("/v1/audit?" + query).refuses(400, "invalid_request");
  }
}
