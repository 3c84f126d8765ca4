package dev.stile.verifier;

import java.util.Base64;

/// RFC 7515 §2 base64url, one spelling for one value: no padding, no line breaks and no spare bits
/// (RFC 4648 §3.5), so that a token cannot be respelled.
final class Base64Url {
  private Base64Url() {}

  static byte[] decode(String text) throws Malformed {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Malformed("Not base64url");
    }
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
      throw new Malformed("Not canonical base64url");
    }
    return bytes;
  }
}
