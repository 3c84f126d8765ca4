package dev.stile.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String CONTENT = "correct horse";
  private final Secret secret = Secret.of(bytes(CONTENT));

  @Tag("R27")
  @Test
  void printsNothingOfItsContent() {
    var printed =
        List.of(
            secret.toString(),
            "" + secret,
            "%s".formatted(secret),
            List.of(secret).toString(),
            Map.of("seed", secret).toString(),
            Optional.of(secret).toString());
    assertThat(printed).allSatisfy(text -> assertThat(text).contains("Secret[redacted]"));
    assertThat(printed)
        .allSatisfy(text ->
            assertThat(text)
                .doesNotContain(CONTENT)
                .doesNotContain(Arrays.toString(bytes(CONTENT))));
  }

  @Test
  void printsTheSameForEverySecret() {
    assertThat(Secret.of(bytes("other")).toString()).isEqualTo(secret.toString());
  }

  @Test
  void cannotBeSerialised() throws IOException {
    assertThat(Serializable.class.isAssignableFrom(Secret.class)).isFalse();
    try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatExceptionOfType(NotSerializableException.class)
          .isThrownBy(() -> out.writeObject(secret))
          .withMessageNotContaining(CONTENT);
    }
  }

  @Test
  void givesItsContentOutByRevealAlone() {
    List<String> exits =
        Arrays.stream(Secret.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(method -> method.getParameterCount() == 0)
            .map(method -> method.getReturnType().getSimpleName() + " " + method.getName())
            .toList();
    assertThat(exits)
        .containsExactlyInAnyOrder(
            "byte[] reveal", "int length", "int hashCode", "String toString");
    assertThat(Secret.class.getFields()).isEmpty();
  }

  @Test
  void isEqualByContent() {
    var same = Secret.of(bytes(CONTENT));
    assertThat(secret).isEqualTo(same).hasSameHashCodeAs(same);
    for (String other : List.of("", "c", "correct hors", "correct horse ", "dorrect horse")) {
      assertThat(secret).isNotEqualTo(Secret.of(bytes(other)));
    }
    assertThat(secret.equals(null)).isFalse();
    assertThat((Object) secret).isNotEqualTo(CONTENT);
  }

  @Test
  void isNotChangedFromOutside() {
    byte[] given = bytes(CONTENT);
    var kept = Secret.of(given);
    given[0] = 'X';
    kept.reveal()[1] = 'X';
    assertThat(kept.reveal()).isEqualTo(bytes(CONTENT));
    assertThat(kept.length()).isEqualTo(CONTENT.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
