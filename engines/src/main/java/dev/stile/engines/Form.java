package dev.stile.engines;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The fields of an `application/x-www-form-urlencoded` body, each of which comes once.
record Form(Map<String, String> fields) {
  static Form of(String body) {
    return new Form(
        Arrays.stream(body.split("&"))
            .map(field -> field.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(
                Collectors.toUnmodifiableMap(
                    pair -> decoded(pair[0]), pair -> decoded(pair[1]), (first, next) -> first)));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  String required(String name) {
    return optional(name)
        .orElseThrow(() -> Refusal.of("InvalidParameter", "Invalid parameter: " + name));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
