package dev.stile.factor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// What a user typed: 6 to 8 ASCII digits, leading zeros kept, never a number (A24). Redacted when
/// printed, compared in constant time.
public final class Code {
  private static final int MIN = 6;
  private static final int MAX = 8;
  private final String digits;

  private Code(String digits) {
    this.digits = digits;
  }

  /// @throws IllegalArgumentException unless the text is 6 to 8 of 0-9
  public static Code of(String text) {
    if (text.length() < MIN || text.length() > MAX || !text.chars().allMatch(Code::isAsciiDigit)) {
      throw new IllegalArgumentException("a code is 6 to 8 ASCII digits");
    }
    return new Code(text);
  }

  private static boolean isAsciiDigit(int c) {
    return c >= '0' && c <= '9';
  }

  public String reveal() {
    return digits;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Code code && MessageDigest.isEqual(ascii(), code.ascii());
  }

  private byte[] ascii() {
    return digits.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int hashCode() {
    return digits.hashCode();
  }

  @Override
  public String toString() {
    return "Code[redacted]";
  }
}
