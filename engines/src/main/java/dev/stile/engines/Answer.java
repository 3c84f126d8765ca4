package dev.stile.engines;

import java.util.Map;

/// One response: status, headers and a text in UTF-8.
record Answer(int status, Map<String, String> headers, String body) {
  static Answer of(int status, String contentType, String body) {
    return new Answer(status, Map.of("Content-Type", contentType), body);
  }
}
