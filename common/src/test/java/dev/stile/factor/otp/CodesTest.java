package dev.stile.factor.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stile.factor.Code;
import dev.stile.factor.otp.Codes.Derivation;
import dev.stile.key.FixedKeys;
import dev.stile.key.KeyUse;
import dev.stile.key.KeyedDigest;
import dev.stile.key.Keys;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodesTest {
  private static final int SAMPLE = 1_000_000;

  private final Codes codes = new Codes(new KeyedDigest(new FixedKeys()));
  private final Subject ann = new Subject(new Tenant("acme"), "ann");
  private final Derivation six = new Derivation(1, "fct_a", "chl_a", 1, "pay", "bound", 6);
  private final Derivation eight = new Derivation(1, "fct_a", "chl_a", 1, "pay", "bound", 8);

  @Tag("R01")
  @Test
  void haveTheDigitsAskedFor() {
    assertThat(codes.derive(ann, six).reveal()).matches("[0-9]{6}");
    assertThat(codes.derive(ann, eight).reveal()).matches("[0-9]{8}");
  }

  @Test
  void areTheSameWhereverTheyAreDerived() {
    var elsewhere = new Codes(new KeyedDigest(new FixedKeys(7)));
    assertThat(elsewhere.derive(ann, eight)).isEqualTo(codes.derive(ann, eight));
  }

  /// HMAC-SHA-256 over length-prefixed fields, its first eight bytes modulo 10^d, worked out here
  /// without any class of the product but the key.
  @ParameterizedTest
  @ValueSource(ints = {6, 8})
  void followTheirFormula(int digits) throws Exception {
    var mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(new FixedKeys().key(ann.tenant(), KeyUse.CODE, 1));
    for (String text : List.of("otp", "acme", "ann", "fct_a", "chl_a")) {
      mac.update(new byte[] {0, 0, 0, (byte) text.length()});
      mac.update(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    mac.update(new byte[] {0, 0, 0, 4, 0, 0, 0, 1});
    mac.update(new byte[] {0, 0, 0, 3, 'p', 'a', 'y', 0, 0, 0, 5, 'b', 'o', 'u', 'n', 'd'});
    var value = new BigInteger(1, Arrays.copyOf(mac.doFinal(), 8));
    String expected = value.mod(BigInteger.TEN.pow(digits)).toString();
    var of = digits == 6 ? six : eight;
    assertThat(codes.derive(ann, of).reveal())
        .isEqualTo("0".repeat(digits - expected.length()) + expected);
  }

  @Tag("R05")
  @Test
  void changeWithEveryFieldTheyDependOn() {
    Map<Code, String> seen = new HashMap<>();
    seen.put(codes.derive(ann, eight), "none");
    Map<String, Code> changed =
        Map.of(
            "subject", codes.derive(new Subject(ann.tenant(), "bob"), eight),
            "tenant", codes.derive(new Subject(new Tenant("other"), "ann"), eight),
            "epoch", with(2, "fct_a", "chl_a", 1, "pay", "bound"),
            "factor", with(1, "fct_b", "chl_a", 1, "pay", "bound"),
            "challenge", with(1, "fct_a", "chl_b", 1, "pay", "bound"),
            "generation", with(1, "fct_a", "chl_a", 2, "pay", "bound"),
            "action", with(1, "fct_a", "chl_a", 1, "login", "bound"),
            "binding", with(1, "fct_a", "chl_a", 1, "pay", "other"),
            "border", with(1, "fct_a", "chl_a", 1, "payb", "ound"));
    changed.forEach((field, code) -> assertThat(seen.put(code, field)).as(field).isNull());
  }

  /// The key alone depends on the tenant here, so that the tenant's own field is seen.
  @Tag("R05")
  @Test
  void changeWithTheTenantUnderOneKey() {
    SecretKey key = new FixedKeys().key(ann.tenant(), KeyUse.CODE, 1);
    Keys one =
        new Keys() {
          @Override
          public int currentEpoch(Tenant tenant) {
            return 1;
          }

          @Override
          public SecretKey key(Tenant tenant, KeyUse use, int epoch) {
            return key;
          }
        };
    var under = new Codes(new KeyedDigest(one));
    assertThat(under.derive(new Subject(new Tenant("other"), "ann"), eight))
        .isNotEqualTo(under.derive(ann, eight));
  }

  private Code with(
      int epoch, String factor, String challenge, int generation, String action, String binding) {
    return codes.derive(
        ann, new Derivation(epoch, factor, challenge, generation, action, binding, 8));
  }

  @Test
  void doNotDependOnTheLocaleOfTheMachine() {
    Code code = codes.derive(ann, six);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(codes.derive(ann, six)).isEqualTo(code);
    } finally {
      Locale.setDefault(before);
    }
  }

  /// R01: a million codes; each digit and each pair of neighbours is uniform at p > 0.001. The keys
  /// are fixed, so this holds or fails for ever. Codes of six digits are the ends of these.
  @Tag("R01")
  @Test
  void areUniform() {
    int[] pairs =
        IntStream.range(0, SAMPLE)
            .parallel()
            .mapToObj(i -> derive(i, 8).reveal())
            .collect(() -> new int[700], CodesTest::countPairs, CodesTest::add);
    for (int at = 0; at < 7; at++) {
      int[] pair = Arrays.copyOfRange(pairs, at * 100, at * 100 + 100);
      int[] first = new int[10];
      int[] second = new int[10];
      for (int i = 0; i < 100; i++) {
        first[i / 10] += pair[i];
        second[i % 10] += pair[i];
      }
      assertThat(chiSquare(pair)).as("pair %d", at).isLessThan(critical(99));
      assertThat(chiSquare(first)).as("digit %d", at).isLessThan(critical(9));
      assertThat(chiSquare(second)).as("digit %d", at + 1).isLessThan(critical(9));
    }
  }

  private Code derive(int challenge, int digits) {
    return codes.derive(
        ann, new Derivation(1, "fct_a", "chl_" + challenge, 1, "pay", "bound", digits));
  }

  private static void countPairs(int[] pairs, String code) {
    for (int at = 1; at < 8; at++) {
      pairs[(at - 1) * 100 + (code.charAt(at - 1) - '0') * 10 + code.charAt(at) - '0']++;
    }
  }

  private static void add(int[] sum, int[] more) {
    Arrays.setAll(sum, i -> sum[i] + more[i]);
  }

  @Tag("R01")
  @Test
  void areTheSameNumberWithSixDigitsAndKeepTheirLeadingZeros() {
    int leadingZeros = 0;
    for (int i = 0; i < 10_000; i++) {
      String code = derive(i, 6).reveal();
      assertThat(derive(i, 8).reveal()).endsWith(code);
      leadingZeros += code.charAt(0) == '0' ? 1 : 0;
    }
    assertThat(leadingZeros).isBetween(850, 1_150);
  }

  @Tag("R01")
  @Test
  void wouldNotPassWithABias() {
    int[] counts = new int[10];
    for (int i = 0; i < SAMPLE; i++) {
      // What one byte modulo ten gives.
      counts[Math.floorMod(i * 31, 256) % 10]++;
    }
    assertThat(chiSquare(counts)).isGreaterThan(critical(9));
    // Tables give 27.877 and 148.230.
    assertThat(critical(9)).isCloseTo(27.877, within(0.001));
    assertThat(critical(99)).isCloseTo(148.230, within(0.001));
  }

  private static double chiSquare(int[] counts) {
    double expected = (double) SAMPLE / counts.length;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  /// The 99.9th percentile of chi-square, by bisection.
  private static double critical(int degrees) {
    double low = 0;
    double high = 10.0 * degrees + 100;
    while (high - low > 1e-9) {
      double middle = (low + high) / 2;
      if (distribution(degrees / 2.0, middle / 2) < 0.999) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The regularised lower incomplete gamma function, by its series.
  private static double distribution(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < 1_000; n++) {
      term *= x / (a + n);
      sum += term;
    }
    double logGamma = Math.log(Math.PI) / 2;
    for (double half = 0.5; half < a; half++) {
      logGamma += Math.log(half);
    }
    return sum * Math.exp(a * Math.log(x) - x - logGamma);
  }
}
