package dev.stile.factor.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.TotpParameters;
import dev.stile.factor.TotpParameters.Hash;
import dev.stile.key.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceHotpTest {
  private static final String DIGITS = "1234567890";

  /// RFC 6238, appendix B, with the seeds as long as the hash (errata 2866).
  @ParameterizedTest
  @CsvSource({
    "59, 94287082, 46119246, 90693936",
    "1111111109, 07081804, 68084774, 25091201",
    "1111111111, 14050471, 67062674, 99943326",
    "1234567890, 89005924, 91819424, 93441116",
    "2000000000, 69279037, 90698825, 38618901",
    "20000000000, 65353130, 77737706, 47863826"
  })
  void agreesWithRfc6238(long second, String sha1, String sha256, String sha512) {
    assertThat(at(Hash.SHA1, second)).isEqualTo(sha1);
    assertThat(at(Hash.SHA256, second)).isEqualTo(sha256);
    assertThat(at(Hash.SHA512, second)).isEqualTo(sha512);
  }

  /// RFC 4226, appendix D.
  @Test
  void agreesWithRfc4226() {
    String[] expected = {
      "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
      "520489"
    };
    for (int counter = 0; counter < expected.length; counter++) {
      assertThat(new ReferenceHotp().digits(seed(Hash.SHA1), TotpParameters.USUAL, counter))
          .isEqualTo(expected[counter]);
    }
  }

  private static String at(Hash hash, long second) {
    var parameters = new TotpParameters(hash, 8, Duration.ofSeconds(30));
    long step = parameters.stepAt(Instant.ofEpochSecond(second));
    return new ReferenceHotp().digits(seed(hash), parameters, step);
  }

  private static Secret seed(Hash hash) {
    String text = DIGITS.repeat(7).substring(0, hash.seedBytes());
    return Secret.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
