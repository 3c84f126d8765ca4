package dev.stile.engines;

import com.sun.net.httpserver.Headers;

/// One request as it came in, before it is known for which service it is. The protocols spoken here
/// are all text in UTF-8.
record Call(String method, String path, Headers headers, String body) {
  String header(String name) {
    var value = headers.getFirst(name);
    return value == null ? "" : value;
  }
}
