package dev.stile.aws.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.engines.Fault;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Tenant;
import dev.stile.token.PublishedKey;
import dev.stile.token.PublishedKeys;
import dev.stile.token.SigningKeys;
import dev.stile.token.SigningKeysContract;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class KmsSigningKeysTest extends SigningKeysContract {
  @RegisterExtension static final KeyEngines ENGINES = new KeyEngines();

  private static final Tenant TENANT = KeyEngines.TENANT;

  @Override
  protected SigningKeys startSigner() {
    return signer(TENANT);
  }

  @Override
  protected PublishedKeys startPublisher() {
    return publisher(Clock.systemUTC());
  }

  @Test
  void signsWithP256() {
    assertThat(startSigner().current().published().algorithm()).isEqualTo("ES256");
  }

  @Test
  void keepsThePrivateHalfWrapped() {
    byte[] privateKey = startSigner().current().key().getEncoded();

    assertThat(items())
        .singleElement()
        .satisfies(item -> {
          assertThat(item.get("pk")).isEqualTo(AttributeValue.fromS("K#default"));
          assertThat(item.get("sk")).isEqualTo(AttributeValue.fromS("SIGN#CURRENT"));
          assertThat(latin(KeyItems.bytes(item, "wrapped"))).doesNotContain(latin(privateKey));
        });
  }

  @Test
  void publishesWithoutKms() {
    PublishedKey key = startSigner().current().published();
    ENGINES.capture().faults().plan("kms:Decrypt", 100, new Fault.Refused("AccessDeniedException"));

    assertThat(startPublisher().all()).containsExactly(key);
  }

  @Test
  void publishesTheKeysBesideTheCurrentOne() {
    startSigner().current();
    PublishedKey retired = signer(new Tenant("other")).current().published();
    items().stream()
        .filter(item -> isIn("K#other", item))
        .forEach(item -> copy(item, "K#default", "SIGN#" + retired.kid()));

    assertThat(startPublisher().all())
        .containsExactlyInAnyOrder(startSigner().current().published(), retired);
  }

  @Test
  void publishesNoKeyOfAnotherTenant() {
    signer(new Tenant("other")).current();

    assertThat(startPublisher().all()).isEmpty();
  }

  @Test
  void keepsAReadingForAMinute() {
    var clock = new SetClock();
    PublishedKeys publisher = publisher(clock);
    List<PublishedKey> before = List.of(startSigner().current().published());
    assertThat(publisher.all()).isEqualTo(before);
    drop();

    clock.advance(Duration.ofSeconds(59));
    assertThat(publisher.all()).isEqualTo(before);
    clock.advance(Duration.ofSeconds(1));
    assertThat(publisher.all()).isEmpty();
  }

  @Test
  void doesNotSignUnderTheKeyOfAnotherTenant() {
    signer(new Tenant("other")).current();
    items().forEach(item -> copy(item, "K#default", "SIGN#CURRENT"));

    assertThatThrownBy(() -> startSigner().current()).isInstanceOf(KeyUnavailable.class);
  }

  @Test
  void doesNotSignWhereThePublicHalfWasExchanged() {
    startSigner().current();
    signer(new Tenant("other")).current();
    Map<String, AttributeValue> mixed = new HashMap<>(item("K#default"));
    mixed.put("public", item("K#other").get("public"));
    copy(mixed, "K#default", "SIGN#CURRENT");

    assertThatThrownBy(() -> startSigner().current())
        .isInstanceOf(KeyUnavailable.class)
        .hasMessage("the halves of the signing key do not match");
  }

  @Test
  void asksAgainAfterAFailure() {
    SigningKeys signer = startSigner();
    ENGINES.capture().faults().plan("kms:Decrypt", 1, new Fault.Refused("DisabledException"));

    assertThatThrownBy(signer::current).isInstanceOf(KeyUnavailable.class);
    assertThat(signer.current().published()).isEqualTo(startSigner().current().published());
  }

  @Test
  void publishesNothingWithoutItsTable() {
    var publisher =
        new DynamoPublishedKeys(
            ENGINES.dynamo(), new KeyTable("nowhere"), TENANT, Clock.systemUTC());

    assertThatThrownBy(publisher::all).isInstanceOf(KeyUnavailable.class);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static SigningKeys signer(Tenant tenant) {
    return new KmsSigningKeys(
        ENGINES.kms(), ENGINES.wrappingKey(), ENGINES.dynamo(), ENGINES.table(), tenant);
  }

  private static PublishedKeys publisher(Clock clock) {
    return new DynamoPublishedKeys(ENGINES.dynamo(), ENGINES.table(), TENANT, clock);
  }

  private static List<Map<String, AttributeValue>> items() {
    return ENGINES.dynamo().scan(scan -> scan.tableName(ENGINES.table().name())).items();
  }

  private static Map<String, AttributeValue> item(String pk) {
    return items().stream().filter(item -> isIn(pk, item)).findFirst().orElseThrow();
  }

  private static boolean isIn(String pk, Map<String, AttributeValue> item) {
    return AttributeValue.fromS(pk).equals(item.get("pk"));
  }

  private static void copy(Map<String, AttributeValue> item, String pk, String sk) {
    Map<String, AttributeValue> copy = new HashMap<>(item);
    copy.put("pk", AttributeValue.fromS(pk));
    copy.put("sk", AttributeValue.fromS(sk));
    ENGINES.dynamo().putItem(put -> put.tableName(ENGINES.table().name()).item(copy));
  }

  private static void drop() {
    ENGINES
        .dynamo()
        .deleteItem(delete ->
            delete
                .tableName(ENGINES.table().name())
                .key(
                    Map.of(
                        "pk", AttributeValue.fromS("K#default"),
                        "sk", AttributeValue.fromS("SIGN#CURRENT"))));
  }

  /// Stands still until it is told otherwise.
  private static final class SetClock extends Clock {
    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-11-22T08:00:00Z"));

    void advance(Duration time) {
      now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
