package dev.stile.factor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How an authenticator app computes its codes (RFC 6238 §4): hash, digits, and the length of a
/// step.
public record TotpParameters(Hash hash, int digits, Duration period) {
  public static final TotpParameters USUAL =
      new TotpParameters(Hash.SHA1, 6, Duration.ofSeconds(30));

  public TotpParameters {
    if (digits != 6 && digits != 8) {
      throw new IllegalArgumentException("a code has 6 or 8 digits");
    }
    if (period.toSeconds() != 30 && period.toSeconds() != 60) {
      throw new IllegalArgumentException("a step takes 30 or 60 seconds");
    }
  }

  /// The step that holds this moment.
  public long stepAt(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), period.toSeconds());
  }

  /// The hash under the HMAC, with the length of seed that RFC 4226 §4 (R6) and RFC 6238 §3 ask
  /// for.
  public enum Hash {
    SHA1("HmacSHA1", 20),
    SHA256("HmacSHA256", 32),
    SHA512("HmacSHA512", 64);

    private final String mac;
    private final int seedBytes;

    Hash(String mac, int seedBytes) {
      this.mac = mac;
      this.seedBytes = seedBytes;
    }

    public String mac() {
      return mac;
    }

    public int seedBytes() {
      return seedBytes;
    }

    public static Optional<Hash> ofName(String name) {
      for (Hash hash : values()) {
        if (hash.name().equals(name)) {
          return Optional.of(hash);
        }
      }
      return Optional.empty();
    }
  }
}
