package dev.stile.vendor.webauthn;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// The form of an ECDSA signature (RFC 3279 §2.2.3) in DER, one spelling for one value: two
/// positive integers below the order of the curve, without leading zeros, and nothing behind them.
final class EcdsaSignature {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private EcdsaSignature() {}

  static boolean isWellFormed(byte[] der, BigInteger order) {
    ByteBuffer in = ByteBuffer.wrap(der);
    try {
      return in.get() == SEQUENCE
          && length(in) == in.remaining()
          && isInRange(in, order)
          && isInRange(in, order)
          && !in.hasRemaining();
    } catch (BufferUnderflowException e) {
      return false;
    }
  }

  /// X.690 §10.1: the shortest form. One byte more is enough for the largest curve.
  private static int length(ByteBuffer in) {
    int first = Byte.toUnsignedInt(in.get());
    if (first != 0x81) {
      return first;
    }
    int length = Byte.toUnsignedInt(in.get());
    return length < 0x80 ? -1 : length;
  }

  private static boolean isInRange(ByteBuffer in, BigInteger order) {
    if (in.get() != INTEGER) {
      return false;
    }
    int length = length(in);
    if (length <= 0 || length > in.remaining()) {
      return false;
    }
    byte[] octets = new byte[length];
    in.get(octets);
    var value = new BigInteger(octets);
    boolean shortest = value.toByteArray().length == length;
    return shortest && value.signum() > 0 && value.compareTo(order) < 0;
  }
}
