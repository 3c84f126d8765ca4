package dev.stile.factor.totp;

import dev.stile.factor.TotpParameters;
import dev.stile.key.Base32;
import dev.stile.key.Secret;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/// Makes seeds and writes them in the forms that authenticator apps take.
public final class TotpSeeds {
  private final SecureRandom random;

  @Inject
  public TotpSeeds(SecureRandom random) {
    this.random = random;
  }

  /// As long as the hash's output (RFC 6238 §3), and never under 160 bits.
  public Secret next(TotpParameters parameters) {
    byte[] seed = new byte[parameters.hash().seedBytes()];
    random.nextBytes(seed);
    return Secret.of(seed);
  }

  public static String base32(Secret seed) {
    return Base32.UPPER.encode(seed.reveal());
  }

  /// The key URI that authenticator apps read from a QR code. `%d` would write the digits of the
  /// machine's locale.
  public static String uri(Secret seed, TotpParameters parameters, String issuer, String account) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=%s&digits=%s&period=%s"
        .formatted(
            encode(issuer),
            encode(account),
            base32(seed),
            encode(issuer),
            parameters.hash().name(),
            parameters.digits(),
            parameters.period().toSeconds());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
