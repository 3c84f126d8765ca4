package dev.stile.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DiscretionTest {
  private static final String DIGEST = "kq3v7c5bq2nhd6tz4x9w8m1r0s";

  private static Object shown(AttributeValue value) {
    return requireNonNull(Discretion.values(Map.of(":v", value)).get(":v"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pending", "challenge.requested", "fct_abc123", "chl_0v7k2m4q8r1t3x5z7b9d"})
  void showsWordsOfTheCodeAndIds(String text) {
    assertThat(shown(AttributeValue.fromS(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DIGEST,
        "123456",
        "+41791234567",
        "ada@example.org",
        "JBSWY3DPEHPK3PXP",
        "eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
        "transfer (amount: 1 EUR)"
      })
  void hidesEveryOtherText(String text) {
    assertThat(shown(AttributeValue.fromS(text))).isEqualTo("‹text›");
  }

  @Test
  void tellsOfBytesOnlyHowMany() {
    assertThat(shown(AttributeValue.fromB(SdkBytes.fromByteArray(new byte[48]))))
        .isEqualTo("‹48 bytes›");
  }

  @Test
  void looksIntoMapsAndLists() {
    AttributeValue entry =
        AttributeValue.fromM(
            Map.of(
                "st",
                AttributeValue.fromS("approved"),
                DIGEST,
                AttributeValue.fromN("1"),
                "why",
                AttributeValue.fromL(List.of(AttributeValue.fromS("a sentence")))));
    assertThat(shown(entry))
        .isEqualTo(Map.of("st", "approved", "‹digest›", "1", "why", List.of("‹text›")));
  }

  @Test
  void namesThePlaceholdersOfAnExpression() {
    Map<String, String> names = Map.of("#c", "chl_a1", "#g", DIGEST, "#ch", "ch");
    assertThat(Discretion.expression("SET #ch.#c.#g =\n    :one", names))
        .isEqualTo("SET ch.chl_a1.‹digest› = :one");
  }

  @ParameterizedTest
  @CsvSource({
    "T#default#U#ada, T#default#U#ada",
    "F#fct_1, F#fct_1",
    "PROFILE, PROFILE",
    "R#dest#default#a1b2c3, R#dest#default#…",
    "R#prefix#default#192.0.2.0/24, R#prefix#default#…",
    "R#tenant#default#, R#tenant#default#…",
    "CRED#localhost#a1b2c3, CRED#…",
    "NEW#thing, NEW#…"
  })
  void showsTheShapeOfAKey(String key, String shown) {
    assertThat(Discretion.key(key)).isEqualTo(shown);
  }
}
