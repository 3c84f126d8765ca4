package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether the search for secrets finds one that is there, however it is written.
@Tag("R27")
class LeaksTest {
  private static final Map<String, String> SECRETS =
      Map.of(
          "phone", "+41791234567",
          "code", "012345",
          "token", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln-_xyz",
          "address", "ann+new@example.org");

  static Stream<Arguments> spellings() {
    return SECRETS.entrySet().stream()
        .flatMap(secret ->
            Stream.concat(plain(secret.getValue()), encoded(secret.getValue()))
                .map(text -> Arguments.of(secret.getKey(), text)));
  }

  private static Stream<String> plain(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    return Stream.of(
        secret,
        hex,
        hex.toUpperCase(Locale.ROOT),
        URLEncoder.encode(secret, StandardCharsets.UTF_8),
        secret
            .replace("+", "\\u002b")
            .replace("@", "\\u0040")
            .replace(".", "\\u002e")
            .replace("-", "\\u002d")
            .replace("_", "\\u005f"));
  }

  /// Alone, and inside of something that is encoded as a whole.
  private static Stream<String> encoded(String secret) {
    return Stream.of("", "x", "xy", "xyz")
        .map(before -> ("{" + before + "\"" + secret + "\"}").getBytes(StandardCharsets.UTF_8))
        .flatMap(bytes ->
            Stream.of(
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                Base64.getMimeEncoder(10_000, new byte[] {'\n'}).encodeToString(bytes)));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void findsASecretInEverySpelling(String name, String text) {
    var leaks = new Leaks();
    SECRETS.forEach(leaks::add);
    assertThat(leaks.in(List.of("before", "a line with " + text + " in it", "after")))
        .singleElement()
        .asString()
        .startsWith(name);
  }

  @Test
  void findsBytesThatAreNoText() {
    byte[] seed = HexFormat.of().parseHex("00ff10a0b1c2d3e4f5061728394a5b6c7d8e9f00");
    var leaks = new Leaks();
    leaks.add("seed", seed);
    assertThat(leaks.in(List.of(new String(seed, StandardCharsets.ISO_8859_1)))).hasSize(1);
    assertThat(leaks.in(List.of(HexFormat.of().formatHex(seed)))).hasSize(1);
    assertThat(leaks.in(List.of(Base64.getEncoder().encodeToString(seed)))).hasSize(1);
  }

  @Test
  void takesNoOtherNumberForACode() {
    var leaks = new Leaks();
    leaks.add("code", "123456");
    assertThat(leaks.in(List.of("1123456", "1234567", "fct_a123456b", "nothing"))).isEmpty();
    assertThat(leaks.in(List.of("{\"code\":\"123456\"}"))).hasSize(1);
    assertThat(leaks.in(List.of("#123456\n"))).hasSize(1);
  }

  @Test
  void collectsWhatExchangesShow() {
    var canaries = new Canaries(Set.of("111111"));
    String token = "a".repeat(40) + ".b." + "c".repeat(86);
    var answer =
        new Contract.Response(
            200,
            Map.of(),
            "{\"secret\":\"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567\",\"grant\":{\"token\":\""
                + token
                + "\"},\"items\":[{\"to\":\"+41791234567\",\"body\":\"Your code: 222222.\"}],"
                + "\"codes\":[\"ABCD-EFGH-JKMN-PQRS\"]}");
    canaries.watch(Map.of("Authorization", "Bearer " + token), "{\"code\":\"111111\"}", answer);
    assertThat(canaries.sightings(Map.of("a sink", List.of(answer.text()))))
        .hasSize(7)
        .allMatch(sighting -> sighting.endsWith("in a sink"));
    assertThat(canaries.sightings(Map.of("a sink", List.of("111111 and a hint ••• 67")))).isEmpty();
  }
}
