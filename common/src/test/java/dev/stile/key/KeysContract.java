package dev.stile.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Keys] holds to, whatever it keeps its keys in.
public abstract class KeysContract {
  private static final Tenant TENANT = new Tenant("default");
  private static final Tenant OTHER = new Tenant("other");
  private static final Subject ANN = new Subject(TENANT, "ann");
  private static final Secret SEED = Secret.of("12345678".getBytes(StandardCharsets.UTF_8));
  private static final int PROCESSES = 4;
  private static final int THREADS = 4;

  /// The keys as a process that just started sees them: new on each call, over one storage for each
  /// test. All uses are allowed.
  protected abstract Keys start();

  @Test
  void givesTheSameKeyAgain() {
    Keys keys = start();

    assertThat(bytes(keys, TENANT, KeyUse.CODE)).isEqualTo(bytes(keys, TENANT, KeyUse.CODE));
  }

  @Test
  void givesTheSameKeyAfterARestart() {
    assertThat(bytes(start(), TENANT, KeyUse.SEED)).isEqualTo(bytes(start(), TENANT, KeyUse.SEED));
  }

  @Test
  void givesEachTenantAndUseAKeyOfItsOwn() {
    Keys keys = start();
    Set<List<Byte>> different = new HashSet<>();
    for (Tenant tenant : List.of(TENANT, OTHER)) {
      for (KeyUse use : KeyUse.values()) {
        different.add(boxed(bytes(keys, tenant, use)));
      }
    }

    assertThat(different).hasSize(2 * KeyUse.values().length);
  }

  @Test
  void givesKeysOf256Bits() {
    Keys keys = start();

    for (KeyUse use : KeyUse.values()) {
      assertThat(bytes(keys, TENANT, use)).hasSize(32);
    }
  }

  @Test
  void startsWithTheFirstEpoch() {
    assertThat(start().currentEpoch(TENANT)).isEqualTo(Keys.FIRST_EPOCH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 7, 65_535})
  void hasNoKeysOfOtherEpochs(int epoch) {
    Keys keys = start();
    bytes(keys, TENANT, KeyUse.SEED);

    assertThatThrownBy(() -> keys.key(TENANT, KeyUse.SEED, epoch))
        .isInstanceOf(KeyUnavailable.class);
    assertThatThrownBy(() -> start().key(TENANT, KeyUse.SEED, epoch))
        .isInstanceOf(KeyUnavailable.class);
  }

  @Test
  void agreesOnOneKeyWhenManyStartTogether() throws Exception {
    List<Callable<List<Byte>>> firstUses = new ArrayList<>();
    for (int process = 0; process < PROCESSES; process++) {
      Keys keys = start();
      for (int thread = 0; thread < THREADS; thread++) {
        firstUses.add(() -> boxed(bytes(keys, TENANT, KeyUse.ANSWER)));
      }
    }
    Set<List<Byte>> seen = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(firstUses.size())) {
      for (var use : threads.invokeAll(firstUses)) {
        seen.add(use.get());
      }
    }

    assertThat(seen).containsExactly(boxed(bytes(start(), TENANT, KeyUse.ANSWER)));
  }

  @Test
  void opensAfterARestartWhatWasSealedBefore() {
    Sealed sealed = sealing(start()).seal(ANN, "fct_1", KeyUse.SEED, SEED);

    assertThat(sealing(start()).open(ANN, "fct_1", KeyUse.SEED, sealed)).isEqualTo(SEED);
  }

  @Tag("R29")
  @Test
  void opensNothingOfAnotherTenantOrUse() {
    Keys keys = start();
    Sealed sealed = sealing(keys).seal(ANN, "fct_1", KeyUse.SEED, SEED);
    var ann = new Subject(OTHER, "ann");

    assertThatThrownBy(() -> sealing(keys).open(ann, "fct_1", KeyUse.SEED, sealed))
        .isInstanceOf(SealBroken.class);
    assertThatThrownBy(() -> sealing(keys).open(ANN, "fct_1", KeyUse.DESTINATION, sealed))
        .isInstanceOf(SealBroken.class);
  }

  @Test
  void derivesTheSameAfterARestart() {
    String before = digest(start());

    assertThat(digest(start())).isEqualTo(before);
  }

  private static String digest(Keys keys) {
    return new KeyedDigest(keys).text(TENANT, KeyUse.CODE, keys.currentEpoch(TENANT), "a", 1);
  }

  private static Sealing sealing(Keys keys) {
    return new Sealing(keys, new SecureRandom());
  }

  private static byte[] bytes(Keys keys, Tenant tenant, KeyUse use) {
    SecretKey key = keys.key(tenant, use, keys.currentEpoch(tenant));
    return key.getEncoded();
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> boxed = new ArrayList<>();
    for (byte b : bytes) {
      boxed.add(b);
    }
    return boxed;
  }
}
