package dev.stile.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.throttle.SendLimits.Window;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {
  private static final long SEED = 20260705;

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.0/24",
    "203.0.113.255, 203.0.113.0/24",
    "203.0.114.7, 203.0.114.0/24",
    "0.0.0.0, 0.0.0.0/24"
  })
  void isA24thOfIpv4(String address, String prefix) {
    assertThat(SourceAddress.prefix(address)).isEqualTo(prefix);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2:3:4:5:6, 2001:db8:1::/48",
    "2001:DB8:1:2:3:4:5:6, 2001:db8:1::/48",
    "2001:0db8:0001:0002:0003:0004:0005:0006, 2001:db8:1::/48",
    "2001:db8:1::, 2001:db8:1::/48",
    "2001:db8::1, 2001:db8:0::/48",
    "2001:db8::, 2001:db8:0::/48",
    "2001::1, 2001:0:0::/48",
    "2001:0:0:1::, 2001:0:0::/48",
    "::1, 0:0:0::/48",
    "::, 0:0:0::/48",
    "0:0:0:0:0:0:0:1, 0:0:0::/48",
    "fe80::1:2:3:4, fe80:0:0::/48",
    "::2:3:4:5:6:7:8, 0:2:3::/48",
    "1::3:4:5:6:7:8, 1:0:3::/48",
    "1:2::4:5:6:7:8, 1:2:0::/48",
    "2001:db8:1:2:3:4:192.0.2.1, 2001:db8:1::/48"
  })
  void isA48thOfIpv6(String address, String prefix) {
    assertThat(SourceAddress.prefix(address)).isEqualTo(prefix);
  }

  /// They are one and the same address to whoever sends from it.
  @ParameterizedTest
  @ValueSource(strings = {"::ffff:203.0.113.7", "::FFFF:203.0.113.7", "0:0:0:0:0:ffff:203.0.113.7"})
  void takesAMappedAddressForIpv4(String address) {
    assertThat(SourceAddress.prefix(address)).isEqualTo("203.0.113.0/24");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "unknown", "localhost", "203.0.113", "203.0.113.7.8", "203.0.113.7:443",
        "203.0.113.7, 198.51.100.1", "fe80::1%eth0", "[::1]", "2001:db8::1/64", "evil\n", "x:y",
        "\u0662\u0660\u0663.0.113.7"
      })
  void isOneForEverythingElse(String text) {
    assertThat(SourceAddress.prefix(text)).isEqualTo("unknown");
  }

  /// The JDK reads each written form; its first six bytes are the prefix.
  @Test
  void agreesWithTheJdkOnEveryForm() throws UnknownHostException {
    var random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      List<String> groups = new ArrayList<>();
      for (int g = 0; g < 8; g++) {
        int value = random.nextBoolean() ? 0 : random.nextInt(0x10000);
        groups.add(random.nextBoolean() ? Integer.toHexString(value) : "%04X".formatted(value));
      }
      int from = random.nextInt(9);
      int to = from + random.nextInt(9 - from);
      String text =
          to == from
              ? String.join(":", groups)
              : String.join(":", groups.subList(0, from))
                  + "::"
                  + String.join(":", groups.subList(to, 8));
      byte[] bytes = InetAddress.getByName(text).getAddress();
      if (bytes.length == 4) {
        continue; // a mapped address
      }
      String hex = HexFormat.of().formatHex(bytes);
      var expected = new StringBuilder();
      for (int g = 0; g < 3; g++) {
        int group = Integer.parseInt(hex.substring(g * 4, g * 4 + 4), 16);
        expected.append(g == 0 ? "" : ":").append(Integer.toHexString(group));
      }
      assertThat(SourceAddress.prefix(text))
          .as("%s, seed %d", text, SEED)
          .isEqualTo(expected + "::/48");
    }
  }

  @Test
  void limitsSendsToADestinationByWhatIsRemembered() {
    var ten = new Window(10, Duration.ofDays(1));
    var eleven = new Window(11, Duration.ofDays(1));
    var many = new Window(1_000_000, Duration.ofDays(1));
    assertThat(new SendLimits(Duration.ofSeconds(30), List.of(ten), many, many, many).pause())
        .isEqualTo(Duration.ofSeconds(30));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SendLimits(Duration.ofSeconds(30), List.of(ten, eleven), many, many, many));
  }

  @ParameterizedTest
  @CsvSource({"0, PT1S", "-1, PT1S", "1, PT0S", "1, PT-1S"})
  void refusesWindowsThatAllowNothing(int count, Duration per) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Window(count, per));
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.7", "0.0.0.0", "::", "::1", "2001:DB8::7", "::ffff:192.0.2.1"})
  void takesAnAddressThatIsSaid(String address) {
    assertThat(SourceAddress.checked(address)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "0x7f.0.0.1",
        "localhost", "example.org", ":", "1:2", "::g", "1:2:3:4:5:6:7:8:9", "1::2::3", "fe80::1%1",
        "[::1]", "::1.2.3.256"
      })
  void takesNoOther(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> SourceAddress.checked(address));
  }
}
