package dev.stile.vendor.webauthn;

import dev.stile.edge.Json;
import dev.stile.edge.JsonObject;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.key.Bytes;
import dev.stile.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// What the client says that it was doing (WebAuthn Level 3 §5.8.1). `json` is the text without the
/// mark of its byte order, which §7.1 step 5 has stripped; what is signed is the text with it.
record ClientData(Bytes json, String type, String challenge, String origin, Embedding embedding) {
  static final String CREATE = "webauthn.create";
  static final String GET = "webauthn.get";
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /// Whether it ran within a page of another origin, and which.
  record Embedding(boolean crossOrigin, Optional<String> topOrigin) {}

  /// Strict, so that no two parsers read two things: one object, well-formed UTF-8, no member twice
  /// at any depth. Members that nobody knows are ignored, as §5.8.1.1 asks.
  static ClientData of(Bytes bytes) {
    byte[] json = bytes.array();
    if (Arrays.equals(json, 0, Math.min(3, json.length), BYTE_ORDER_MARK, 0, 3)) {
      json = Arrays.copyOfRange(json, 3, json.length);
    }
    try {
      JsonObject object = Json.object(json);
      var embedding =
          new Embedding(object.flag("crossOrigin").orElse(false), object.optionalText("topOrigin"));
      return new ClientData(
          Bytes.of(json),
          object.text("type"),
          object.text("challenge"),
          object.text("origin"),
          embedding);
    } catch (ProblemException e) {
      throw new Failed(Refusal.MALFORMED);
    }
  }

  /// §7.1 steps 7 to 11, §7.2 steps 10 to 14. Texts are compared as they came: an origin is not
  /// parsed, so that nothing is the same that is written otherwise.
  void check(String expectedType, Ceremony ceremony) {
    Failed.unless(type.equals(expectedType), Refusal.TYPE);
    Failed.unless(
        MessageDigest.isEqual(
            challenge.getBytes(StandardCharsets.UTF_8),
            ceremony.challenge().text().getBytes(StandardCharsets.UTF_8)),
        Refusal.CHALLENGE);
    Failed.unless(ceremony.party().origins().contains(origin), Refusal.ORIGIN);
    boolean embedded = embedding.crossOrigin() || embedding.topOrigin().isPresent();
    Failed.unless(!embedded || !ceremony.party().topOrigins().isEmpty(), Refusal.CROSS_ORIGIN);
    Failed.unless(
        embedding.topOrigin().filter(top -> !ceremony.party().topOrigins().contains(top)).isEmpty(),
        Refusal.CROSS_ORIGIN);
  }
}
