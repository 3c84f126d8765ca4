package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/// What the server said.
record Answer(String asked, Contract.Response response) {
  int status() {
    return response.status();
  }

  String body() {
    return response.text();
  }

  Optional<String> header(String name) {
    return response.header(name);
  }

  JsonNode json() {
    return Body.read(body());
  }

  JsonNode at(String pointer) {
    return json().at(pointer);
  }

  /// The text there; empty where there is none.
  String text(String pointer) {
    return at(pointer).asText();
  }

  Instant moment(String pointer) {
    return Instant.parse(text(pointer));
  }

  String id() {
    return text("/id");
  }

  String code() {
    return text("/code");
  }

  String grant() {
    return text("/grant/token");
  }

  /// Fails unless the status is this one.
  Answer is(int status) {
    assertThat(status()).as("%s", this).isEqualTo(status);
    return this;
  }

  /// Fails unless it is this problem, complete.
  Answer refuses(int status, String code) {
    is(status);
    assertThat(code()).as("%s", this).isEqualTo(code);
    assertThat(header("Content-Type")).contains("application/problem+json");
    assertThat(text("/type")).isEqualTo("https://stile.dev/problems/" + code.replace('_', '-'));
    assertThat(text("/request_id")).as("%s", this).isNotEmpty();
    return this;
  }

  /// The answer without what names the request, to be compared byte by byte.
  String anonymous() {
    return status() + " " + body().replace(text("/request_id"), "*");
  }

  @Override
  public String toString() {
    return asked + " -> " + status() + " " + body();
  }
}
