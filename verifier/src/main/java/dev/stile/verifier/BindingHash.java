package dev.stile.verifier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `bnd`: base64url of the SHA-256 of the canonical JSON (RFC 8785) of what the user approved.
/// Details such as an amount are easily guessed and tried, so two hashes compare in constant time.
public record BindingHash(String value) {
  private static final int SHA_256_BYTES = 32;

  public BindingHash {
    if (!isHash(value)) {
      throw new IllegalArgumentException("Not a base64url SHA-256: " + value);
    }
  }

  /// A text with a lone surrogate has no canonical form: IllegalArgumentException.
  public static BindingHash of(Map<String, String> details) {
    byte[] canonical = CanonicalJson.of(details).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical);
      return new BindingHash(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  static boolean isHash(String value) {
    try {
      return Base64Url.decode(value).length == SHA_256_BYTES;
    } catch (Malformed e) {
      return false;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BindingHash(String theirs)
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.US_ASCII), theirs.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
