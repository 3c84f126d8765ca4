package dev.stile.aws.dynamo;

import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.outbox.Change;
import dev.stile.outbox.Change.OfFactor;
import dev.stile.outbox.Change.OfRecoveryCodes;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.testing.Samples;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamoStreamRecordsTest {
  private static final String PK = "T#default#U#ann#U#b";
  private static final FactorId FACTOR = FactorId.random(Samples.IDS);
  private static final String SK = "F#" + FACTOR.text();

  private static DynamodbStreamRecord streamed(
      String pk, String sk, @Nullable Map<String, AttributeValue> old) {
    var written = new StreamRecord();
    written.setKeys(Map.of("pk", new AttributeValue(pk), "sk", new AttributeValue(sk)));
    written.setOldImage(old);
    written.setNewImage(null);
    written.setSequenceNumber("7");
    written.setApproximateCreationDateTime(Date.from(NOW));
    var streamed = new DynamodbStreamRecord();
    streamed.setEventID("record-1");
    streamed.setEventName("REMOVE");
    streamed.setDynamodb(written);
    return streamed;
  }

  private static Map<String, AttributeValue> factor() {
    Map<String, AttributeValue> image = new HashMap<>();
    FactorItems.write(
            new Subject(new Tenant("default"), "ann#U#b"), Samples.pending(FactorKind.SMS, NOW))
        .forEach((name, value) ->
            image.put(
                name,
                value.s() != null
                    ? new AttributeValue(value.s())
                    : value.n() != null
                        ? new AttributeValue().withN(value.n())
                        : new AttributeValue().withM(Map.of())));
    image.put("sk", new AttributeValue(SK));
    image.put("cl", new AttributeValue("console"));
    image.put("req", new AttributeValue("request-1"));
    return image;
  }

  private static Optional<Change> read(DynamodbStreamRecord streamed) {
    return new DynamoStreamRecords().read(streamed);
  }

  @Test
  void readsAFactorAsTheStoresDo() {
    var change = (OfFactor) read(streamed(PK, SK, factor())).orElseThrow();
    assertThat(change.subject()).isEqualTo(new Subject(new Tenant("default"), "ann#U#b"));
    assertThat(change.factor()).isEqualTo(FACTOR);
    assertThat(change.origin()).isEqualTo(new Change.Origin("record-1", NOW));
    assertThat(change.after()).isNull();
    assertThat(change.newest().factor().kind()).isEqualTo(FactorKind.SMS);
    assertThat(change.newest().call()).isEqualTo(new Call("console", "request-1"));
  }

  @Test
  void readsRecoveryCodesByTheirNumber() {
    Map<String, AttributeValue> codes =
        Map.of(
            "made", new AttributeValue().withN("1000"),
            "codes", new AttributeValue().withM(Map.of("digest", new AttributeValue("x"))));
    var change = (OfRecoveryCodes) read(streamed(PK, "F#RC", codes)).orElseThrow();
    assertThat(change.before()).extracting(before -> before.left()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "T#default#U#ann, PROFILE",
    "A#T#default#U#ann, 000000000000001#evt_a",
    "N#T#default#U#ann, evt_a",
    "S#grt_1, GRANT"
  })
  void passesOverWhatIsNoFactor(String pk, String sk) {
    assertThat(read(streamed(pk, sk, null))).isEmpty();
  }

  @Test
  void passesOverWhatTheTableSwept() {
    var service = new Identity();
    service.setType("Service");
    service.setPrincipalId("dynamodb.amazonaws.com");
    DynamodbStreamRecord swept = streamed(PK, SK, factor());
    swept.setUserIdentity(service);
    assertThat(read(swept)).isEmpty();
  }

  @Test
  void refusesAnItemThatLacksWhatAFactorHas() {
    DynamodbStreamRecord broken =
        streamed(PK, SK, Map.of("kind", new AttributeValue("sms"), "sk", new AttributeValue(SK)));
    assertThatThrownBy(() -> read(broken)).isInstanceOf(RuntimeException.class);
  }
}
