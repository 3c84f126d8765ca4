package dev.stile.verifier;

/// Bytes that a claim holds as base64url.
final class Octets {
  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  static Octets of(String base64Url) throws Malformed {
    return new Octets(Base64Url.decode(base64Url));
  }

  byte[] array() {
    return bytes.clone();
  }
}
