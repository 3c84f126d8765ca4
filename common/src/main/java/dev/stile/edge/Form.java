package dev.stile.edge;

import dev.stile.problem.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The parameters of a form, as OAuth's endpoints take them: one that is not known is ignored, one
/// that comes twice is refused (RFC 6749 §3.2).
public final class Form {
  private static final int MAX_BYTES = 16 * 1024;

  private final Map<String, String> parameters;

  private Form(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  static Form of(byte[] body) {
    if (body.length > MAX_BYTES) {
      throw Problem.invalid("", "The body is longer than 16 KiB.").asException();
    }
    Map<String, String> parameters = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw Problem.invalid("", "A parameter comes twice.").asException();
      }
    }
    return new Form(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("", "The body is not a form.").asException();
    }
  }

  public String text(String name) {
    return Optional.ofNullable(parameters.get(name))
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () -> Problem.invalid("/" + name, "Parameter " + name + " is missing.").asException());
  }
}
