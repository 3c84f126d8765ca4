package dev.stile.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.AttestationPolicy.Conveyance;
import dev.stile.factor.webauthn.AttestationPolicy.Format;
import dev.stile.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestationReaderTest {
  private static final String MODEL = "2fc0579f-8113-47ea-b116-bb5a8db9202a";

  /// The root of the examples of Web Authentication Level 3.
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\\n"
          + "MIICBzCCAa2gAwIBAgIRAO1/kF2L0LQU0XhJExcKkLYwCgYIKoZIzj0EAwIwYjEe\\n"
          + "MBwGA1UEAwwVV2ViQXV0aG4gdGVzdCB2ZWN0b3JzMQwwCgYDVQQKDANXM0MxJTAj\\n"
          + "BgNVBAsMHEF1dGhlbnRpY2F0b3IgQXR0ZXN0YXRpb24gQ0ExCzAJBgNVBAYTAkFB\\n"
          + "MCAXDTI0MDEwMTAwMDAwMFoYDzMwMjQwMTAxMDAwMDAwWjBiMR4wHAYDVQQDDBVX\\n"
          + "ZWJBdXRobiB0ZXN0IHZlY3RvcnMxDDAKBgNVBAoMA1czQzElMCMGA1UECwwcQXV0\\n"
          + "aGVudGljYXRvciBBdHRlc3RhdGlvbiBDQTELMAkGA1UEBhMCQUEwWTATBgcqhkjO\\n"
          + "PQIBBggqhkjOPQMBBwNCAAQyaTAOX/e2mQFfcM+AqHY79wW8LirwwbOc/3GLfDWI\\n"
          + "DKMPMZB42RsDOJoAb9/IodzYTt+gfTCqE0dKJIoNq1uqo0IwQDAPBgNVHRMBAf8E\\n"
          + "BTADAQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQURa/3FbDdeGdB/umW68Fl\\n"
          + "R6OTGx4wCgYIKoZIzj0EAwIDSAAwRQIgSDBjtrsI3Mg9ozoCwR0vQiAxdok1VNE4\\n"
          + "xhSjaQhyTMgCIQD17yyRLUUAs+L1tZHQYiSR6fIg39H5c07EhLt+kIh2Yw==\\n"
          + "-----END CERTIFICATE-----\\n";

  @Test
  void demandsNothingByDefault() {
    assertThat(AttestationReader.read(Json.object("{}".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(AttestationPolicy.NONE);
    assertThat(read("{\"conveyance\":\"none\"}")).isEqualTo(AttestationPolicy.NONE);
  }

  @Test
  void trustsEveryFormatUnderItsAnchors() {
    AttestationPolicy policy =
        read("{\"conveyance\":\"direct\",\"trust_anchors\":[\"" + PEM + "\"]}");
    assertThat(policy.conveyance()).isEqualTo(Conveyance.DIRECT);
    assertThat(policy.trust().formats()).containsExactlyInAnyOrder(Format.values());
    assertThat(policy.trust().anchors())
        .singleElement()
        .satisfies(root ->
            assertThat(root.getSubjectX500Principal().getName())
                .contains("CN=WebAuthn test vectors"));
    assertThat(policy.models().accept(UUID.fromString(MODEL))).isTrue();
  }

  @Test
  void readsFormatsAndModels() {
    AttestationPolicy policy =
        read(
            "{\"conveyance\":\"direct\",\"formats\":[\"packed\",\"android-key\"],"
                + "\"trust_anchors\":[\"%s\"],\"allowed_aaguids\":[\"%s\"]}".formatted(PEM, MODEL));
    assertThat(policy.trust().formats())
        .containsExactlyInAnyOrder(Format.PACKED, Format.ANDROID_KEY);
    assertThat(policy.models().allowed()).isEqualTo(Set.of(UUID.fromString(MODEL)));
    assertThat(policy.models().accept(new UUID(0, 0))).isFalse();
    assertThat(read("{\"conveyance\":\"none\",\"denied_aaguids\":[\"" + MODEL + "\"]}").models())
        .satisfies(models -> assertThat(models.accept(UUID.fromString(MODEL))).isFalse());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | /attestation/conveyance",
        "{\"conveyance\":\"enterprise\"} | /attestation/conveyance",
        "{\"conveyance\":\"none\",\"more\":1} | /attestation/more",
        "{\"conveyance\":\"direct\"} | /attestation",
        "{\"conveyance\":\"none\",\"formats\":[\"u2f\"]} | /attestation/formats",
        "{\"conveyance\":\"none\",\"trust_anchors\":[\"MIIB\"]} | /attestation/trust_anchors",
        "{\"conveyance\":\"none\",\"denied_aaguids\":[\"1-2-3-4-5\"]} |"
            + " /attestation/denied_aaguids",
        "{\"conveyance\":\"none\",\"denied_aaguids\":[\"yubikey\"]} | /attestation/denied_aaguids",
        "{\"conveyance\":\"none\",\"allowed_aaguids\":[\"2fc0579f-8113-47ea-b116-bb5a8db9202a\"]}"
            + " | /attestation"
      })
  void refusesWhatIsNoPolicy(String json, String pointer) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(json))
        .satisfies(e -> assertThat(e.problem().members()).containsEntry("pointer", pointer));
  }

  private static AttestationPolicy read(String attestation) {
    String client = "{\"attestation\":" + attestation + "}";
    return AttestationReader.read(Json.object(client.getBytes(StandardCharsets.UTF_8)));
  }
}
