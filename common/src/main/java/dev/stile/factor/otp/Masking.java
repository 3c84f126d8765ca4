package dev.stile.factor.otp;

/// Shows enough of a destination for its owner to recognise it, and no more.
public final class Masking {
  private static final String DOTS = "•••";

  private Masking() {}

  /// The last two digits of a number.
  public static String phone(String e164) {
    return DOTS + " " + e164.substring(e164.length() - 2);
  }

  /// The first letter of the local part, and the domain.
  public static String email(EmailAddress address) {
    String text = address.text();
    int at = text.lastIndexOf('@');
    return text.charAt(0) + DOTS + text.substring(at);
  }
}
