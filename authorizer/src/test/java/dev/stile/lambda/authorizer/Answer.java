package dev.stile.lambda.authorizer;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the function answered, read with another JSON library and judged as the gateway would.
record Answer(Map<String, Object> json) {
  static Answer of(byte[] json) {
    try {
      return new Answer(JSONObjectUtils.parse(new String(json, StandardCharsets.UTF_8)));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  static Answer of(RequestStreamHandler handler, String event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, new NoContext());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(out.toByteArray());
  }

  /// Whether either kind of gateway lets the request through.
  boolean passes() {
    return Boolean.TRUE.equals(json.get("isAuthorized")) || "Allow".equals(effect());
  }

  /// Whether this is a denial in the form of the kind, and not just no answer.
  boolean denies(Kind kind) {
    return kind == Kind.HTTP_API
        ? Boolean.FALSE.equals(json.get("isAuthorized"))
        : "Deny".equals(effect()) && "*".equals(statement().get("Resource"));
  }

  private String effect() {
    return json.containsKey("policyDocument") ? String.valueOf(statement().get("Effect")) : "none";
  }

  Map<?, ?> statement() {
    var document = (Map<?, ?>) Objects.requireNonNull(json.get("policyDocument"));
    return (Map<?, ?>) ((List<?>) Objects.requireNonNull(document.get("Statement"))).getFirst();
  }

  @SuppressWarnings("unchecked") // Texts by texts.
  Map<String, String> context() {
    return (Map<String, String>) Objects.requireNonNull(json.get("context"));
  }
}
