package dev.stile.factor.otp;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/// A mailbox (RFC 5321 §4.1.2, the dot-string form). The local part stays as it was typed, since
/// only its host knows whether case matters; the domain is lower case and in its ASCII form.
public record EmailAddress(String text) {
  private static final int MAX_LENGTH = 254;
  private static final int MAX_LOCAL = 64;
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");

  public EmailAddress {
    int at = text.lastIndexOf('@');
    if (at < 1
        || text.length() > MAX_LENGTH
        || at > MAX_LOCAL
        || !LOCAL.matcher(text.substring(0, at)).matches()
        || !DOMAIN.matcher(text.substring(at + 1)).matches()) {
      throw malformed();
    }
  }

  /// @throws IllegalArgumentException if the text is not an address
  public static EmailAddress of(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || text.length() > MAX_LENGTH) {
      throw malformed();
    }
    return new EmailAddress(text.substring(0, at + 1) + ascii(text.substring(at + 1)));
  }

  private static String ascii(String domain) {
    try {
      return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("not an e-mail address");
  }

  /// What tells two mailboxes apart for limits: the same person writes `Ann@` and `ann@`.
  public String folded() {
    return text.toLowerCase(Locale.ROOT);
  }
}
