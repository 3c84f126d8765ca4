package dev.stile.guard;

import java.util.Map;

/// A whole HTTP answer, for whatever framework there is. Names of headers are in lower case.
public record Answer(int status, Map<String, String> headers, String body) {
  public Answer {
    headers = Map.copyOf(headers);
  }
}
