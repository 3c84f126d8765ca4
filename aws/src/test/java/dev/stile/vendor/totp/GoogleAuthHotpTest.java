package dev.stile.vendor.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.TotpParameters;
import dev.stile.factor.TotpParameters.Hash;
import dev.stile.key.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleAuthHotpTest {
  private static final String DIGITS = "1234567890";
  private static final Duration HALF_MINUTE = Duration.ofSeconds(30);

  private final GoogleAuthHotp hotp = new GoogleAuthHotp();

  /// RFC 6238, appendix B, with the seeds of its reference implementation.
  @ParameterizedTest
  @CsvSource({
    "59,          SHA1,   94287082",
    "59,          SHA256, 46119246",
    "59,          SHA512, 90693936",
    "1111111109,  SHA1,   07081804",
    "1111111109,  SHA256, 68084774",
    "1111111109,  SHA512, 25091201",
    "1111111111,  SHA1,   14050471",
    "1111111111,  SHA256, 67062674",
    "1111111111,  SHA512, 99943326",
    "1234567890,  SHA1,   89005924",
    "1234567890,  SHA256, 91819424",
    "1234567890,  SHA512, 93441116",
    "2000000000,  SHA1,   69279037",
    "2000000000,  SHA256, 90698825",
    "2000000000,  SHA512, 38618901",
    "20000000000, SHA1,   65353130",
    "20000000000, SHA256, 77737706",
    "20000000000, SHA512, 47863826"
  })
  void givesTheVectorsOfRfc6238(long second, Hash hash, String expected) {
    var eight = new TotpParameters(hash, 8, HALF_MINUTE);
    var six = new TotpParameters(hash, 6, HALF_MINUTE);
    long step = eight.stepAt(Instant.ofEpochSecond(second));

    assertThat(hotp.digits(seed(hash.seedBytes()), eight, step)).isEqualTo(expected);
    assertThat(hotp.digits(seed(hash.seedBytes()), six, step)).isEqualTo(expected.substring(2));
  }

  /// RFC 4226, appendix D.
  @ParameterizedTest
  @CsvSource({
    "0, 755224",
    "1, 287082",
    "2, 359152",
    "3, 969429",
    "4, 338314",
    "5, 254676",
    "6, 287922",
    "7, 162583",
    "8, 399871",
    "9, 520489"
  })
  void givesTheVectorsOfRfc4226(long counter, String expected) {
    var minutes = new TotpParameters(Hash.SHA1, 6, Duration.ofMinutes(1));

    assertThat(hotp.digits(seed(20), TotpParameters.USUAL, counter)).isEqualTo(expected);
    assertThat(hotp.digits(seed(20), minutes, counter)).isEqualTo(expected);
  }

  @Test
  void agreesWithThePlainAlgorithmForEveryParameterAndSeed() throws GeneralSecurityException {
    var random = new Random(6238);
    for (Hash hash : Hash.values()) {
      for (int digits : new int[] {6, 8}) {
        for (Duration period : new Duration[] {HALF_MINUTE, Duration.ofMinutes(1)}) {
          var parameters = new TotpParameters(hash, digits, period);
          for (int i = 0; i < 200; i++) {
            byte[] seed = new byte[hash.seedBytes()];
            random.nextBytes(seed);
            long step = random.nextLong(100_000_000L);
            assertThat(hotp.digits(Secret.of(seed), parameters, step))
                .isEqualTo(plain(seed, parameters, step));
          }
        }
      }
    }
  }

  @Test
  void keepsLeadingZeros() {
    long step =
        LongStream.range(0, 200_000)
            .filter(s -> code(s).startsWith("000"))
            .findFirst()
            .orElseThrow();

    assertThat(code(step)).hasSize(6).matches("000[0-9]{3}");
  }

  /// The code that the library's own check refuses although it is right.
  @Test
  void givesSixZerosWhereTheyAreTheCode() {
    long step = 349_495;

    assertThat(code(step)).isEqualTo("000000");
  }

  @Test
  void writesAsciiDigitsWhateverTheLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(code(1)).isEqualTo("287082");
    } finally {
      Locale.setDefault(before);
    }
  }

  private String code(long step) {
    return hotp.digits(seed(20), TotpParameters.USUAL, step);
  }

  private static Secret seed(int length) {
    String text = DIGITS.repeat(length / DIGITS.length() + 1).substring(0, length);
    return Secret.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// RFC 4226 §5.3, step by step.
  private static String plain(byte[] seed, TotpParameters parameters, long step)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(parameters.hash().mac());
    mac.init(new SecretKeySpec(seed, "RAW"));
    byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
    int offset = hash[hash.length - 1] & 0xf;
    int bits = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
    String text = "00000000" + bits;
    return text.substring(text.length() - parameters.digits());
  }
}
