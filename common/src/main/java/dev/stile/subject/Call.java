package dev.stile.subject;

import java.util.regex.Pattern;

/// Which client called, and in which request of the gateway: what an audit record is correlated by.
/// Verified by the gateway, never taken from a body or a header. Whatever could break a line or a
/// message is cut out of the request's id.
public record Call(String client, String request) {
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9=._-]");
  private static final int MAX_LENGTH = 128;

  public Call {
    request = FOREIGN.matcher(request).replaceAll("");
    request = request.substring(0, Math.min(request.length(), MAX_LENGTH));
  }
}
