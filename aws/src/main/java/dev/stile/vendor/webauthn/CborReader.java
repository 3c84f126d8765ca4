package dev.stile.vendor.webauthn;

import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.key.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what CTAP2's canonical form (CTAP 2.2 §8) can hold: definite lengths, no tags, no floats,
/// no key twice. Nothing is allocated for a length that the input does not have, and nesting ends
/// before the stack does; a parser behind this one is fed only what went through. The order of keys
/// and the width of numbers are not judged: they change no meaning.
final class CborReader {
  /// CTAP2 allows four levels within a message; extensions are granted as many again.
  private static final int MAX_DEPTH = 8;

  private final ByteBuffer in;

  private CborReader(ByteBuffer in) {
    this.in = in;
  }

  /// The one map that these bytes are.
  static Cbor.Members only(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Cbor.Members members = next(in);
    Failed.unless(!in.hasRemaining(), Refusal.MALFORMED);
    return members;
  }

  /// The map that begins here; the buffer is left behind it.
  static Cbor.Members next(ByteBuffer in) {
    if (new CborReader(in).item(0) instanceof Cbor.Members members) {
      return members;
    }
    throw new Failed(Refusal.MALFORMED);
  }

  private Cbor item(int depth) {
    Failed.unless(depth < MAX_DEPTH, Refusal.MALFORMED);
    int first = Byte.toUnsignedInt(octets(1)[0]);
    int minor = first & 0x1f;
    return switch (first >> 5) {
      case 0 -> new Cbor.Whole(argument(minor));
      case 1 -> new Cbor.Whole(-1 - argument(minor));
      case 2 -> new Cbor.Octets(Bytes.of(octets(argument(minor))));
      case 3 -> new Cbor.Text(text(octets(argument(minor))));
      case 4 -> items(argument(minor), depth);
      case 5 -> members(argument(minor), depth);
      case 7 -> simple(minor);
      default -> throw new Failed(Refusal.MALFORMED);
    };
  }

  /// A number of up to 63 bits, or the length of what follows; 31 would begin an indefinite one.
  private long argument(int minor) {
    long value =
        switch (minor) {
          case 24 -> unsigned(1);
          case 25 -> unsigned(2);
          case 26 -> unsigned(4);
          case 27 -> unsigned(8);
          default -> minor;
        };
    Failed.unless(minor < 28 && value >= 0, Refusal.MALFORMED);
    return value;
  }

  private long unsigned(int width) {
    long value = 0;
    for (byte octet : octets(width)) {
      value = value << 8 | Byte.toUnsignedLong(octet);
    }
    return value;
  }

  private byte[] octets(long length) {
    Failed.unless(length <= in.remaining(), Refusal.MALFORMED);
    byte[] octets = new byte[(int) length];
    in.get(octets);
    return octets;
  }

  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new Failed(Refusal.MALFORMED);
    }
  }

  private Cbor.Items items(long count, int depth) {
    Failed.unless(count <= in.remaining(), Refusal.MALFORMED);
    List<Cbor> items = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      items.add(item(depth + 1));
    }
    return new Cbor.Items(items);
  }

  private Cbor.Members members(long count, int depth) {
    Failed.unless(count <= in.remaining() / 2, Refusal.MALFORMED);
    Map<Cbor, Cbor> members = new HashMap<>();
    for (long i = 0; i < count; i++) {
      Cbor key = item(depth + 1);
      Failed.unless(key instanceof Cbor.Whole || key instanceof Cbor.Text, Refusal.MALFORMED);
      Failed.unless(members.put(key, item(depth + 1)) == null, Refusal.MALFORMED);
    }
    return new Cbor.Members(members);
  }

  private static Cbor simple(int minor) {
    return switch (minor) {
      case 20 -> Cbor.Simple.FALSE;
      case 21 -> Cbor.Simple.TRUE;
      case 22 -> Cbor.Simple.NULL;
      default -> throw new Failed(Refusal.MALFORMED);
    };
  }
}
