package dev.stile.factor.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.TotpParameters;
import dev.stile.factor.TotpParameters.Hash;
import dev.stile.key.Base32;
import dev.stile.key.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpSeedsTest {
  private static final Secret SEED =
      Secret.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

  private final TotpSeeds seeds = new TotpSeeds(new SecureRandom());

  @Tag("R08")
  @ParameterizedTest
  @CsvSource({"SHA1, 20, 32", "SHA256, 32, 52", "SHA512, 64, 103"})
  void areAsLongAsTheHash(Hash hash, int bytes, int letters) {
    Secret seed = seeds.next(new TotpParameters(hash, 6, Duration.ofSeconds(30)));
    assertThat(seed.length()).isEqualTo(bytes);
    String text = TotpSeeds.base32(seed);
    assertThat(text).hasSize(letters).matches("[A-Z2-7]+");
    assertThat(Base32.UPPER.decode(text)).isEqualTo(seed.reveal());
  }

  @Tag("R08")
  @Test
  void neverRepeat() {
    Set<String> seen = new HashSet<>();
    int[] ones = new int[160];
    for (int i = 0; i < 10_000; i++) {
      Secret seed = seeds.next(TotpParameters.USUAL);
      seen.add(TotpSeeds.base32(seed));
      BitSet.valueOf(seed.reveal()).stream().forEach(bit -> ones[bit]++);
    }
    assertThat(seen).hasSize(10_000);
    // Each bit is set in half of them; 5000 ± 400 is eight standard deviations.
    for (int count : ones) {
      assertThat(count).isBetween(4_600, 5_400);
    }
  }

  @Test
  void writeTheUriThatAppsRead() {
    assertThat(TotpSeeds.uri(SEED, TotpParameters.USUAL, "Stile", "ann@example.org"))
        .isEqualTo(
            "otpauth://totp/Stile:ann%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Stile&algorithm=SHA1&digits=6&period=30");
    var other = new TotpParameters(Hash.SHA512, 8, Duration.ofMinutes(1));
    assertThat(TotpSeeds.uri(SEED, other, "Stile", "ann"))
        .endsWith("&algorithm=SHA512&digits=8&period=60");
  }

  @ParameterizedTest
  @CsvSource({
    "Acme Bank, Acme%20Bank",
    "A+B, A%2BB",
    "a:b, a%3Ab",
    "a/b?c&d=e#f, a%2Fb%3Fc%26d%3De%23f",
    "100%, 100%25",
    "Jürg, J%C3%BCrg",
    "😀, %F0%9F%98%80"
  })
  void encodeNamesWithoutAPlus(String name, String encoded) {
    String uri = TotpSeeds.uri(SEED, TotpParameters.USUAL, name, name);
    assertThat(uri)
        .startsWith("otpauth://totp/" + encoded + ":" + encoded + "?secret=")
        .contains("&issuer=" + encoded + "&")
        .doesNotContain("+");
    assertThat(URI.create(uri).getPath()).isEqualTo("/" + name + ":" + name);
  }

  @Test
  void doNotDependOnTheLocaleOfTheMachine() {
    String uri = TotpSeeds.uri(SEED, TotpParameters.USUAL, "Stile", "ann");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(TotpSeeds.uri(SEED, TotpParameters.USUAL, "Stile", "ann")).isEqualTo(uri);
    } finally {
      Locale.setDefault(before);
    }
  }
}
