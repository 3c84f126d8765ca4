package dev.stile.lambda.challenge;

/// How a text travels: in septets of GSM 03.38 if it has nothing else, else in UCS-2, where one
/// foreign character costs more than half of the room.
record Sms(boolean gsm, int units) {
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
          + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /// Each behind an escape.
  private static final String EXTENDED = "\f^{}\\[~]|€";

  static Sms of(String text) {
    int septets = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (EXTENDED.indexOf(c) >= 0) {
        septets += 2;
      } else if (BASIC.indexOf(c) >= 0) {
        septets++;
      } else {
        return new Sms(false, text.length());
      }
    }
    return new Sms(true, septets);
  }

  /// A message that is split spends a part of each segment on the header that joins them.
  int segments() {
    int whole = gsm ? 160 : 70;
    int split = gsm ? 153 : 67;
    return units <= whole ? 1 : (units + split - 1) / split;
  }
}
