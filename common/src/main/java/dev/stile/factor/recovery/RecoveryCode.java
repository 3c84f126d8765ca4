package dev.stile.factor.recovery;

import dev.stile.key.Base32;
import dev.stile.key.RandomIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One recovery code: 120 random bits as 24 letters and digits in six groups. The alphabet is
/// Crockford's, which leaves out I, L, O and U; what is typed is read as it was meant, in either
/// case, with I and L for 1 and O for 0, and with blanks and hyphens anywhere. Redacted when
/// printed, compared in constant time.
public final class RecoveryCode {
  private static final int BYTES = 15;
  private static final int SYMBOLS = 24;
  private static final int GROUP = 4;
  private static final int MAX_TYPED = 64;

  private final String symbols;

  private RecoveryCode(String symbols) {
    this.symbols = symbols;
  }

  public static RecoveryCode random(RandomIds ids) {
    return new RecoveryCode(Base32.CROCKFORD.encode(Arrays.copyOf(ids.bytes(), BYTES)));
  }

  /// @throws IllegalArgumentException unless the text has the 24 symbols of a code
  public static RecoveryCode of(String typed) {
    var symbols = new StringBuilder(SYMBOLS);
    if (typed.length() <= MAX_TYPED) {
      typed.chars().filter(c -> c != ' ' && c != '-').forEach(c -> symbols.append(symbol(c)));
    }
    if (symbols.length() != SYMBOLS || !Base32.CROCKFORD.holds(symbols)) {
      throw new IllegalArgumentException("a recovery code has 24 letters and digits");
    }
    return new RecoveryCode(symbols.toString());
  }

  private static char symbol(int typed) {
    char upper = (char) (typed >= 'a' && typed <= 'z' ? typed - 'a' + 'A' : typed);
    return switch (upper) {
      case 'I', 'L' -> '1';
      case 'O' -> '0';
      default -> upper;
    };
  }

  /// In groups, as the user is shown it.
  public String reveal() {
    var text = new StringBuilder(symbols);
    for (int at = SYMBOLS - GROUP; at > 0; at -= GROUP) {
      text.insert(at, '-');
    }
    return text.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecoveryCode code && MessageDigest.isEqual(ascii(), code.ascii());
  }

  private byte[] ascii() {
    return symbols.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int hashCode() {
    return symbols.hashCode();
  }

  @Override
  public String toString() {
    return "RecoveryCode[redacted]";
  }
}
