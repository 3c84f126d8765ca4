package dev.stile.key;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Bytes that need no hiding, compared by content and written as unpadded base64url (RFC 4648 §5).
public final class Bytes {
  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Bytes of(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /// Takes the one canonical spelling only, so that two texts never mean the same bytes.
  ///
  /// @throws IllegalArgumentException if the text is padded, has other characters or stray bits
  public static Bytes ofText(String text) {
    var bytes = new Bytes(Base64.getUrlDecoder().decode(text));
    if (!bytes.text().equals(text)) {
      throw new IllegalArgumentException("not canonical base64url");
    }
    return bytes;
  }

  public byte[] array() {
    return bytes.clone();
  }

  public String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return text();
  }
}
