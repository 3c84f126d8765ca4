package dev.stile.verifier;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// RFC 7515 §7.1, the compact serialization, taken apart and not yet believed: the payload is left
/// unread until the signature over it is known to be good.
final class CompactJws {
  private static final int MAX_LENGTH = 8 * 1024;

  private final Json.Members header;
  private final byte[] payload;
  private final byte[] signingInput;
  private final byte[] signature;

  private CompactJws(Json.Members header, byte[] payload, byte[] signingInput, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.signingInput = signingInput;
    this.signature = signature;
  }

  static CompactJws parse(@Nullable String token) throws Malformed {
    return parse(token, MAX_LENGTH);
  }

  static CompactJws parse(@Nullable String token, int maxLength) throws Malformed {
    if (token == null || token.length() > maxLength) {
      throw new Malformed("Missing or too long");
    }
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    if (first < 0 || token.indexOf('.', first + 1) != last) {
      throw new Malformed("Not three parts");
    }
    return new CompactJws(
        JsonReader.object(part(token, 0, first)),
        part(token, first + 1, last),
        token.substring(0, last).getBytes(StandardCharsets.US_ASCII),
        part(token, last + 1, token.length()));
  }

  private static byte[] part(String token, int from, int to) throws Malformed {
    if (from >= to) {
      throw new Malformed("An empty part");
    }
    return Base64Url.decode(token.substring(from, to));
  }

  Json.Members header() {
    return header;
  }

  boolean isSignedBy(VerificationKey key) {
    return key.algorithm().verifies(signingInput, signature);
  }

  Json.Members claims() throws Malformed {
    return JsonReader.object(payload);
  }
}
