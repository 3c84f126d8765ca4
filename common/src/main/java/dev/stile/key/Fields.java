package dev.stile.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Fields joined so that no two different lists give the same bytes: each goes with its length. The
/// kinds of fields are fixed by the place that joins them and are not written.
public final class Fields {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);

  private Fields() {}

  public static byte[] join(Object... fields) {
    var joined = new Fields();
    for (Object field : fields) {
      joined.add(field);
    }
    return joined.bytes.toByteArray();
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// SHA-256 over the joined fields.
  public static byte[] digest(Object... fields) {
    return sha256(join(fields));
  }

  private void add(Object field) {
    byte[] value =
        switch (field) {
          case byte[] raw -> raw;
          case Integer number -> ByteBuffer.allocate(4).putInt(number).array();
          case Long number -> ByteBuffer.allocate(8).putLong(number).array();
          case String text -> utf8(text);
          default -> throw new IllegalArgumentException("a field is text, bytes or a number");
        };
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
    bytes.writeBytes(value);
  }

  /// Strict: the lenient encoder writes every half of a surrogate pair as the same question mark.
  private static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] utf8 = new byte[encoded.remaining()];
      encoded.get(utf8);
      return utf8;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a field of text is well-formed Unicode", e);
    }
  }
}
