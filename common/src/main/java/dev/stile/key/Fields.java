package dev.stile.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Fields joined so that no two different lists give the same bytes: each goes with its length.
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
          case String text -> text.getBytes(StandardCharsets.UTF_8);
          default -> throw new IllegalArgumentException("a field is text, bytes or a number");
        };
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
    bytes.writeBytes(value);
  }
}
