package dev.stile.key;

/// Base 32 without padding (RFC 4648 §6), also in the alphabet that people can type. Decoding is
/// strict: one text for one value.
public enum Base32 {
  UPPER("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
  LOWER("abcdefghijklmnopqrstuvwxyz234567"),
  /// Without the letters that look like digits, and without U.
  CROCKFORD("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

  private final String alphabet;

  Base32(String alphabet) {
    this.alphabet = alphabet;
  }

  /// Whether the text has no symbols but those of the alphabet.
  public boolean holds(CharSequence text) {
    return text.chars().allMatch(symbol -> alphabet.indexOf(symbol) >= 0);
  }

  public String encode(byte[] bytes) {
    var text = new StringBuilder((bytes.length * 8 + 4) / 5);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(alphabet.charAt((buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(alphabet.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  /// @throws IllegalArgumentException on foreign letters, an impossible length or left-over bits
  public byte[] decode(CharSequence text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = alphabet.indexOf(text.charAt(i));
      if (value < 0) {
        throw new IllegalArgumentException("not base 32");
      }
      buffer = (buffer << 5) | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
      }
    }
    if (bits >= 5 || (buffer & ((1 << bits) - 1)) != 0) {
      throw new IllegalArgumentException("not canonical base 32");
    }
    return bytes;
  }
}
