package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {
  @ParameterizedTest
  @CsvSource({
    "https://stile.example,https://stile.example/.well-known/jwks.json",
    "https://stile.example/,https://stile.example/.well-known/jwks.json",
    "https://stile.example/tenant/a,https://stile.example/tenant/a/.well-known/jwks.json",
    "http://localhost:8080,http://localhost:8080/.well-known/jwks.json",
    "http://127.0.0.1:8080,http://127.0.0.1:8080/.well-known/jwks.json",
    "http://127.9.9.9,http://127.9.9.9/.well-known/jwks.json",
    "http://[::1]:8080,http://[::1]:8080/.well-known/jwks.json"
  })
  void publishesItsKeysBesideIt(URI issuer, URI jwks) {
    assertThat(new Issuer(issuer).jwks()).isEqualTo(jwks);
    assertThat(new Issuer(issuer).name()).isEqualTo(issuer.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://stile.example",
        "http://localhost.attacker.example",
        "http://127.0.0.1.nip.example",
        "http://127.1",
        "http://[::2]",
        "http://[::ffff:127.0.0.1]",
        "http://0.0.0.0",
        "ftp://localhost",
        "file:///etc/passwd",
        "stile.example",
        "/relative",
        "//stile.example",
        "urn:x:y",
        "https://user@stile.example",
        "https://stile.example?x=y",
        "https://stile.example#f"
      })
  void isNothingElse(URI uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> Grants.verifier(uri));
  }
}
