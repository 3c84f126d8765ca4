package dev.stile.verifier;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The challenge that an authenticator was given: SHA-256 over a label, a nonce and what was asked,
/// each with its length in four octets before it.
final class AssertedChallenge {
  private static final String LABEL = "stile-assertion-v1";

  private AssertedChallenge() {}

  static byte[] of(ReceiptClaims claims) {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    append(fields, LABEL.getBytes(StandardCharsets.UTF_8));
    append(fields, claims.digests().nonce().array());
    for (String text :
        List.of(
            claims.parties().tenant(),
            claims.parties().subject(),
            claims.approval().transaction(),
            claims.approval().action(),
            claims.digests().binding(),
            claims.approval().display())) {
      append(fields, text.getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.of(fields.toByteArray());
  }

  private static void append(ByteArrayOutputStream fields, byte[] field) {
    fields.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
    fields.writeBytes(field);
  }
}
