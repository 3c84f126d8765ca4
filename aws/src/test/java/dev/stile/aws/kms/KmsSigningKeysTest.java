package dev.stile.aws.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.engines.Fault;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Tenant;
import dev.stile.testing.SetClock;
import dev.stile.token.KeyRegister;
import dev.stile.token.KeyRegisters;
import dev.stile.token.KeyRotation;
import dev.stile.token.PublishedKey;
import dev.stile.token.PublishedKeys;
import dev.stile.token.RegisteredKeys;
import dev.stile.token.RegisteredPublications;
import dev.stile.token.SigningAlgorithm;
import dev.stile.token.SigningKeys;
import dev.stile.token.SigningKeysContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class KmsSigningKeysTest extends SigningKeysContract {
  @RegisterExtension static final KeyEngines ENGINES = new KeyEngines();

  private static final Tenant TENANT = KeyEngines.TENANT;

  private final SetClock clock = new SetClock(Instant.parse("2026-11-22T08:00:00Z"));

  @Override
  protected SigningKeys startSigner() {
    return signer(TENANT);
  }

  @Override
  protected PublishedKeys startPublisher() {
    return new RegisteredPublications(registers(ENGINES.table(), TENANT), clock);
  }

  @Test
  void signsWithP256OrRsa() {
    SigningKeys signer = startSigner();
    assertThat(signer.current().published().algorithm()).isEqualTo("ES256");
    assertThat(signer.current(SigningAlgorithm.RS256).published().algorithm()).isEqualTo("RS256");
    assertThat(startPublisher().all())
        .extracting(PublishedKey::algorithm)
        .containsExactly("ES256", "RS256");
  }

  @Test
  void keepsThePrivateHalfWrapped() {
    byte[] privateKey = startSigner().current().key().getEncoded();

    assertThat(items())
        .singleElement()
        .satisfies(item -> {
          assertThat(item.get("pk")).isEqualTo(AttributeValue.fromS("K#default"));
          assertThat(item.get("sk")).isEqualTo(AttributeValue.fromS("SIGN#ES256"));
          byte[] wrapped = KeyItems.bytes(key(item), "wrapped");
          assertThat(latin(wrapped)).doesNotContain(latin(privateKey));
        });
  }

  @Test
  void publishesAndMakesKeysWithoutOpeningOne() {
    PublishedKey key = startSigner().current().published();
    ENGINES.capture().faults().plan("kms:Decrypt", 100, new Fault.Refused("AccessDeniedException"));

    assertThat(startPublisher().all()).containsExactly(key);
    rotation(TENANT).now(SigningAlgorithm.ES256);
    assertThat(startPublisher().all()).hasSize(2).startsWith(key);
  }

  @Test
  void publishesNoKeyOfAnotherTenant() {
    signer(new Tenant("other")).current();

    assertThat(startPublisher().all()).isEmpty();
  }

  @Test
  void signsWithTheNextKeyADayAfterItWasPublished() {
    SigningKeys signer = startSigner();
    PublishedKey first = signer.current().published();
    rotation(TENANT).now(SigningAlgorithm.ES256);
    clock.advance(KeyRegister.AHEAD.minusMillis(1));
    assertThat(signer.current().published()).isEqualTo(first);
    clock.advance(Duration.ofMillis(1));
    PublishedKey second = signer.current().published();
    assertThat(second).isNotEqualTo(first);
    assertThat(startPublisher().all()).containsExactly(first, second);
  }

  @Test
  void signsWithAWithdrawnKeyForAMinuteAtMost() {
    SigningKeys signer = startSigner();
    PublishedKey lost = signer.current().published();
    rotation(TENANT).withdraw(lost.kid());
    assertThat(startPublisher().all()).doesNotContain(lost);
    clock.advance(RegisteredKeys.KEPT.minusMillis(1));
    assertThat(signer.current().published()).isEqualTo(lost);
    clock.advance(Duration.ofMillis(1));
    assertThat(startPublisher().all()).containsExactly(signer.current().published());
  }

  /// The verdict is written by then: its grant must not be lost.
  @Tag("R32")
  @Test
  void signsOnWhereTheTableIsGone() {
    var pairs = new KmsKeyPairs(ENGINES.kms(), ENGINES.wrappingKey(), TENANT);
    var registers = new Switched(registers(ENGINES.table(), TENANT));
    var signer =
        new RegisteredKeys(
            new KeyRotation(registers, pairs, clock), pairs, clock, RegisteredKeys.KEPT);
    PublishedKey key = signer.current().published();
    registers.down = true;
    clock.advance(Duration.ofHours(1));
    assertThat(signer.current().published()).isEqualTo(key);
  }

  @Test
  void doesNotSignUnderTheKeyOfAnotherTenant() {
    signer(new Tenant("other")).current();
    items().forEach(item -> copy(item, "K#default"));

    assertThatThrownBy(() -> startSigner().current()).isInstanceOf(KeyUnavailable.class);
  }

  @Test
  void doesNotSignWhereThePublicHalfWasExchanged() {
    startSigner().current();
    signer(new Tenant("other")).current();
    Map<String, AttributeValue> own = key(item("K#default"));
    Map<String, AttributeValue> mixed = new HashMap<>(own);
    mixed.put("public", key(item("K#other")).get("public"));
    Map<String, AttributeValue> item = new HashMap<>(item("K#default"));
    item.put("keys", AttributeValue.fromL(List.of(AttributeValue.fromM(mixed))));
    copy(item, "K#default");

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
    var publisher = new RegisteredPublications(registers(new KeyTable("nowhere"), TENANT), clock);

    assertThatThrownBy(publisher::all).isInstanceOf(KeyUnavailable.class);
  }

  /// Registers of which the table can be taken away.
  private static final class Switched implements KeyRegisters {
    private final KeyRegisters registers;
    private boolean down;

    Switched(KeyRegisters registers) {
      this.registers = registers;
    }

    @Override
    public KeyRegister read(SigningAlgorithm algorithm) {
      if (down) {
        throw new KeyUnavailable("down");
      }
      return registers.read(algorithm);
    }

    @Override
    public boolean keep(KeyRegister next) {
      return registers.keep(next);
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static KeyRegisters registers(KeyTable table, Tenant tenant) {
    return new DynamoKeyRegisters(ENGINES.dynamo(), table, tenant);
  }

  private KeyRotation rotation(Tenant tenant) {
    return new KeyRotation(
        registers(ENGINES.table(), tenant),
        new KmsKeyPairs(ENGINES.kms(), ENGINES.wrappingKey(), tenant),
        clock);
  }

  private SigningKeys signer(Tenant tenant) {
    return new RegisteredKeys(
        rotation(tenant),
        new KmsKeyPairs(ENGINES.kms(), ENGINES.wrappingKey(), tenant),
        clock,
        RegisteredKeys.KEPT);
  }

  private static List<Map<String, AttributeValue>> items() {
    return ENGINES.dynamo().scan(scan -> scan.tableName(ENGINES.table().name())).items();
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get("keys")).l().getFirst().m();
  }

  private static Map<String, AttributeValue> item(String pk) {
    return items().stream().filter(item -> isIn(pk, item)).findFirst().orElseThrow();
  }

  private static boolean isIn(String pk, Map<String, AttributeValue> item) {
    return AttributeValue.fromS(pk).equals(item.get("pk"));
  }

  private static void copy(Map<String, AttributeValue> item, String pk) {
    Map<String, AttributeValue> copy = new HashMap<>(item);
    copy.put("pk", AttributeValue.fromS(pk));
    ENGINES.dynamo().putItem(put -> put.tableName(ENGINES.table().name()).item(copy));
  }
}
