package dev.stile.testing.passkey;

import dev.stile.key.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes CBOR (RFC 8949) in the order given, in the shortest form: numbers, texts, bytes, truth
/// values, lists and maps, and [Raw] for what is none.
public final class CborWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CborWriter() {}

  /// Written as it is.
  public record Raw(Bytes bytes) {}

  public static byte[] write(Object value) {
    var writer = new CborWriter();
    writer.item(value);
    return writer.out.toByteArray();
  }

  private void item(Object value) {
    switch (value) {
      case Integer number -> whole(number);
      case Long number -> whole(number);
      case String text -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        head(3, utf8.length);
        out.writeBytes(utf8);
      }
      case byte[] octets -> {
        head(2, octets.length);
        out.writeBytes(octets);
      }
      case Boolean truth -> out.write(truth ? 0xf5 : 0xf4);
      case List<?> items -> {
        head(4, items.size());
        items.forEach(this::item);
      }
      case Map<?, ?> members -> {
        head(5, members.size());
        members.forEach((key, member) -> {
          item(key);
          item(member);
        });
      }
      case Raw raw -> out.writeBytes(raw.bytes().array());
      default -> throw new IllegalArgumentException("no CBOR for " + value.getClass());
    }
  }

  private void whole(long number) {
    if (number >= 0) {
      head(0, number);
    } else {
      head(1, -1 - number);
    }
  }

  private void head(int major, long argument) {
    int type = major << 5;
    if (argument < 24) {
      out.write(type | (int) argument);
    } else if (argument < 1 << 8) {
      out.write(type | 24);
      out.write((int) argument);
    } else if (argument < 1 << 16) {
      out.write(type | 25);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) argument).array());
    } else {
      out.write(type | 26);
      out.writeBytes(ByteBuffer.allocate(4).putInt((int) argument).array());
    }
  }
}
