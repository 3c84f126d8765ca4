package dev.stile.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R29")
class SealingTest {
  private static final String FACTOR = "fct_a";
  private static final Secret SECRET = secret("twenty bytes of seed");

  private final FixedKeys keys = new FixedKeys();
  private final Sealing sealing = new Sealing(keys, new SecureRandom());
  private final Subject ann = new Subject(new Tenant("acme"), "ann");

  @Test
  void opensWhatItSealed() {
    for (int length : new int[] {0, 1, 20, 32, 64, 254}) {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) length);
      Secret secret = Secret.of(bytes);
      for (KeyUse use : List.of(KeyUse.SEED, KeyUse.DESTINATION)) {
        Sealed sealed = sealing.seal(ann, FACTOR, use, secret);
        assertThat(sealing.open(ann, FACTOR, use, sealed)).isEqualTo(secret);
      }
    }
  }

  @Test
  void showsNothingOfTheSecret() {
    Sealed sealed = sealing.seal(ann, FACTOR, KeyUse.SEED, SECRET);
    assertThat(sealed.toString()).doesNotContain("twenty");
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("twenty");
    assertThat(sealed.bytes()).hasSize(12 + 20 + 16);
  }

  @Test
  void neverSealsAlike() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = sealing.seal(ann, FACTOR, KeyUse.SEED, SECRET).bytes();
      nonces.add(Arrays.toString(Arrays.copyOf(bytes, 12)));
    }
    assertThat(nonces).hasSize(1_000);
  }

  @Test
  void opensUnderTheEpochItWasSealedUnder() {
    Sealed before = sealing.seal(ann, FACTOR, KeyUse.SEED, SECRET);
    keys.rotateTo(2);
    Sealed after = sealing.seal(ann, FACTOR, KeyUse.SEED, SECRET);
    assertThat(List.of(before.epoch(), after.epoch())).containsExactly(1, 2);
    assertThat(sealing.open(ann, FACTOR, KeyUse.SEED, before)).isEqualTo(SECRET);
    assertThat(sealing.open(ann, FACTOR, KeyUse.SEED, after)).isEqualTo(SECRET);
    assertBroken(ann, FACTOR, KeyUse.SEED, new Sealed(2, before.text()));
  }

  /// What an attacker who writes the table would try: one item's ciphertext in another's place.
  /// Each pair differs in one dimension alone.
  @Test
  void opensInNoOtherPlace() {
    record Place(Subject subject, String factor, KeyUse use) {}
    var here = new Place(ann, FACTOR, KeyUse.SEED);
    var others =
        List.of(
            new Place(new Subject(ann.tenant(), "bob"), FACTOR, KeyUse.SEED),
            new Place(new Subject(new Tenant("other"), "ann"), FACTOR, KeyUse.SEED),
            new Place(ann, "fct_b", KeyUse.SEED),
            new Place(ann, FACTOR, KeyUse.DESTINATION));
    Sealed mine = sealing.seal(here.subject(), here.factor(), here.use(), SECRET);
    for (Place other : others) {
      Sealed theirs = sealing.seal(other.subject(), other.factor(), other.use(), SECRET);
      assertBroken(other.subject(), other.factor(), other.use(), mine);
      assertBroken(here.subject(), here.factor(), here.use(), theirs);
    }
  }

  /// With one key for all, so that the additional data alone tells the places apart.
  @Test
  void bindsThePlaceByMoreThanTheKey() {
    var one = keys.key(ann.tenant(), KeyUse.SEED, 1);
    var under =
        new Sealing(
            new Keys() {
              @Override
              public int currentEpoch(Tenant tenant) {
                return 1;
              }

              @Override
              public javax.crypto.SecretKey key(Tenant tenant, KeyUse use, int epoch) {
                return one;
              }
            },
            new SecureRandom());
    Sealed sealed = under.seal(ann, FACTOR, KeyUse.SEED, SECRET);
    var bob = new Subject(ann.tenant(), "bob");
    var elsewhere = new Subject(new Tenant("other"), "ann");
    assertThat(under.open(ann, FACTOR, KeyUse.SEED, sealed)).isEqualTo(SECRET);
    assertThatExceptionOfType(SealBroken.class)
        .isThrownBy(() -> under.open(bob, FACTOR, KeyUse.SEED, sealed));
    assertThatExceptionOfType(SealBroken.class)
        .isThrownBy(() -> under.open(elsewhere, FACTOR, KeyUse.SEED, sealed));
    assertThatExceptionOfType(SealBroken.class)
        .isThrownBy(() -> under.open(ann, "fct_b", KeyUse.SEED, sealed));
    assertThatExceptionOfType(SealBroken.class)
        .isThrownBy(() -> under.open(ann, FACTOR, KeyUse.DESTINATION, sealed));
    assertThatExceptionOfType(SealBroken.class)
        .isThrownBy(() -> under.open(ann, FACTOR, KeyUse.SEED, new Sealed(2, sealed.text())));
  }

  @Test
  void noticesEveryFlippedBit() {
    byte[] bytes = sealing.seal(ann, FACTOR, KeyUse.SEED, SECRET).bytes();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertBroken(ann, FACTOR, KeyUse.SEED, Sealed.of(1, flipped));
    }
  }

  @Test
  void noticesEveryMissingOrAddedByte() {
    byte[] bytes = sealing.seal(ann, FACTOR, KeyUse.SEED, SECRET).bytes();
    for (int length = 0; length < bytes.length; length++) {
      assertBroken(ann, FACTOR, KeyUse.SEED, Sealed.of(1, Arrays.copyOf(bytes, length)));
    }
    assertBroken(ann, FACTOR, KeyUse.SEED, Sealed.of(1, Arrays.copyOf(bytes, bytes.length + 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "!!!!", "AAAA+/==", "not base64url at all", "AAAA AAAA"})
  void takesWhatIsNoCiphertextForBroken(String text) {
    assertBroken(ann, FACTOR, KeyUse.SEED, new Sealed(1, text));
  }

  @Test
  void tellsNothingOfTheSecretWhenBroken() {
    Sealed sealed = sealing.seal(ann, FACTOR, KeyUse.SEED, SECRET);
    assertThatExceptionOfType(SealBroken.class)
        .isThrownBy(() -> sealing.open(ann, "fct_b", KeyUse.SEED, sealed))
        .withMessageNotContainingAny("ann", "acme", sealed.text());
  }

  private void assertBroken(Subject subject, String factor, KeyUse use, Sealed sealed) {
    assertThatExceptionOfType(SealBroken.class)
        .isThrownBy(() -> sealing.open(subject, factor, use, sealed));
  }

  private static Secret secret(String text) {
    return Secret.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
