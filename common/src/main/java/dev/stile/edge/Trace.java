package dev.stile.edge;

import java.util.regex.Pattern;

/// A caller's trace header, cut down to what cannot break a log line or a message.
final class Trace {
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9=;:.-]");
  private static final int MAX_LENGTH = 128;

  private Trace() {}

  static String clean(String header) {
    String text = FOREIGN.matcher(header).replaceAll("");
    return text.substring(0, Math.min(text.length(), MAX_LENGTH));
  }
}
