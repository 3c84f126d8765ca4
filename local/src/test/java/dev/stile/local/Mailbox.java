package dev.stile.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// A phone or a mailbox: where messages of the server arrive.
final class Mailbox implements Device {
  static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6,8}(?!\\d)");
  private final Api api;
  private final Time time;
  private final Answer enrollment;
  private final String address;
  private String seen = "";

  Mailbox(Api api, Time time, Answer enrollment, String address) {
    this.api = api;
    this.time = time;
    this.enrollment = enrollment;
    this.address = address;
  }

  Answer enrollment() {
    return enrollment;
  }

  @Override
  public String id() {
    return enrollment.id();
  }

  String address() {
    return address;
  }

  /// The challenge that proves the address.
  String challenge() {
    return enrollment.text("/challenge/id");
  }

  /// Lets the pause between two sends pass.
  @Override
  public void rest() {
    time.advance(PAUSE);
  }

  /// Everything with a code that came.
  List<JsonNode> messages() {
    return list("").stream().filter(message -> isOfKind(message, "otp")).toList();
  }

  private List<JsonNode> list(String after) {
    JsonNode list = api.get("/local/inbox?to=" + address + "&after=" + after).is(200).json();
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  /// The next message with a code that was not read yet.
  JsonNode next() {
    JsonNode message =
        Patience.until(
            "a code to " + address,
            () -> list(seen).stream().filter(came -> isOfKind(came, "otp")).findFirst());
    seen = message.at("/id").asText();
    return message;
  }

  /// The notices that came.
  List<JsonNode> notices() {
    return list("").stream().filter(message -> isOfKind(message, "notice")).toList();
  }

  /// Waits until this many notices came, so that none is on its way.
  void told(int notices) {
    Patience.until(
        notices + " notices to " + address,
        () ->
            Optional.of(list(""))
                .filter(all -> all.stream().filter(m -> isOfKind(m, "notice")).count() >= notices));
  }

  private static boolean isOfKind(JsonNode message, String kind) {
    return message.at("/kind").asText().equals(kind);
  }

  @Override
  public String code() {
    return codeIn(next().at("/body").asText());
  }

  static String codeIn(String body) {
    Matcher code = CODE.matcher(body);
    return Optional.of(code).filter(Matcher::find).map(Matcher::group).orElseThrow();
  }

  /// A code of the same length that is not that one; another one for each `i`.
  static String wrong(String code, int i) {
    return IntStream.iterate(i, n -> n + 1)
        .mapToObj(n -> "27182818".substring(0, code.length() - 2) + n % 10 + n / 10 % 10)
        .filter(other -> !other.equals(code))
        .findFirst()
        .orElseThrow();
  }
}
