package dev.stile.aws.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.engines.Fault;
import dev.stile.key.KeyUse;
import dev.stile.key.Keys;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.key.KeysContract;
import dev.stile.subject.Tenant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class KmsKeysTest extends KeysContract {
  @RegisterExtension static final KeyEngines ENGINES = new KeyEngines();

  private static final Tenant TENANT = KeyEngines.TENANT;
  private static final Tenant OTHER = new Tenant("other");
  private static final Set<KeyUse> ALL = EnumSet.allOf(KeyUse.class);

  @Override
  protected Keys start() {
    return keys(ALL);
  }

  @Test
  void givesNoKeyThatTheFunctionMayNotHave() {
    Keys keys = keys(Set.of(KeyUse.SEED));

    assertThatThrownBy(() -> keys.key(TENANT, KeyUse.CODE, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys(Set.of()).key(TENANT, KeyUse.SEED, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThat(new DynamoWrappedKeys(ENGINES.dynamo(), ENGINES.table()).find(name(KeyUse.CODE)))
        .isEmpty();
  }

  @Test
  void keepsEachKeyUnderItsTenant() {
    start().key(TENANT, KeyUse.SEED, 1);

    var items = ENGINES.dynamo().scan(scan -> scan.tableName(ENGINES.table().name())).items();
    assertThat(items)
        .singleElement()
        .satisfies(item -> {
          assertThat(item)
              .containsEntry("pk", AttributeValue.fromS("K#default"))
              .containsEntry("sk", AttributeValue.fromS("SEED#1"));
        });
  }

  @Tag("R29")
  @Test
  void doesNotOpenTheKeyOfAnotherTenant() {
    start().key(TENANT, KeyUse.SEED, 1);
    move(name(KeyUse.SEED), new KeyName(OTHER, KeyUse.SEED, 1));

    assertThatThrownBy(() -> start().key(OTHER, KeyUse.SEED, 1)).isInstanceOf(KeyUnavailable.class);
  }

  @Tag("R29")
  @Test
  void doesNotOpenTheKeyOfAnotherUse() {
    start().key(TENANT, KeyUse.SEED, 1);
    move(name(KeyUse.SEED), name(KeyUse.CODE));

    assertThatThrownBy(() -> start().key(TENANT, KeyUse.CODE, 1))
        .isInstanceOf(KeyUnavailable.class);
  }

  @Test
  void doesNotOpenTheKeyOfAnotherEpoch() {
    start().key(TENANT, KeyUse.SEED, 1);
    move(name(KeyUse.SEED), new KeyName(TENANT, KeyUse.SEED, 0));

    assertThatThrownBy(() -> start().key(TENANT, KeyUse.SEED, 0))
        .isInstanceOf(KeyUnavailable.class);
  }

  @Test
  void doesNotOpenAKeyThatAnotherKeyWrapped() {
    new KmsKeys(ENGINES.kms(), ENGINES.newWrappingKey(), ENGINES.wrapped(), ALL)
        .key(TENANT, KeyUse.SEED, 1);

    assertThatThrownBy(() -> start().key(TENANT, KeyUse.SEED, 1))
        .isInstanceOf(KeyUnavailable.class);
  }

  @Test
  void asksAgainAfterAFailure() {
    Keys keys = start();
    ENGINES.capture().faults().plan("kms:Decrypt", 1, new Fault.Refused("DisabledException"));

    assertThatThrownBy(() -> keys.key(TENANT, KeyUse.SEED, 1)).isInstanceOf(KeyUnavailable.class);
    assertThat(keys.key(TENANT, KeyUse.SEED, 1)).isEqualTo(start().key(TENANT, KeyUse.SEED, 1));
  }

  @Test
  void worksOnWithoutKmsOnceAKeyIsThere() {
    Keys keys = start();
    var key = keys.key(TENANT, KeyUse.SEED, 1);
    ENGINES.capture().faults().plan("kms:Decrypt", 100, new Fault.Refused("DisabledException"));

    assertThat(keys.key(TENANT, KeyUse.SEED, 1)).isSameAs(key);
  }

  @Test
  void isUnavailableWithoutItsTable() {
    var nowhere = new DynamoWrappedKeys(ENGINES.dynamo(), new KeyTable("nowhere"));
    Keys keys = new KmsKeys(ENGINES.kms(), ENGINES.wrappingKey(), nowhere, ALL);

    assertThatThrownBy(() -> keys.key(TENANT, KeyUse.SEED, 1)).isInstanceOf(KeyUnavailable.class);
  }

  @Test
  void looksForAKeyOncePerProcess() {
    var lookups = new AtomicInteger();
    var stored = ENGINES.wrapped();
    var counted =
        new WrappedKeys() {
          @Override
          public Optional<byte[]> find(KeyName name) {
            lookups.incrementAndGet();
            return stored.find(name);
          }

          @Override
          public byte[] putIfAbsent(KeyName name, byte[] wrapped) {
            return stored.putIfAbsent(name, wrapped);
          }
        };
    Keys keys = new KmsKeys(ENGINES.kms(), ENGINES.wrappingKey(), counted, ALL);

    for (int i = 0; i < 10; i++) {
      keys.key(TENANT, KeyUse.SEED, 1);
    }

    assertThat(lookups).hasValue(1);
  }

  private static void move(KeyName from, KeyName to) {
    ENGINES.wrapped().putIfAbsent(to, ENGINES.wrapped().find(from).orElseThrow());
  }

  private static KeyName name(KeyUse use) {
    return new KeyName(TENANT, use, 1);
  }

  private static Keys keys(Set<KeyUse> uses) {
    return new KmsKeys(ENGINES.kms(), ENGINES.wrappingKey(), ENGINES.wrapped(), uses);
  }
}
