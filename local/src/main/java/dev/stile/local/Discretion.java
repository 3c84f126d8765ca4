package dev.stile.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What may be seen of what is in the table: numbers, words that the code itself chose, and ids.
/// All else stands for something that was sealed, digested or written by a user, and is told by its
/// kind alone.
final class Discretion {
  private static final Pattern ID = Pattern.compile("[a-z]{3}_[a-z0-9]+");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z_.]{0,19}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,15}");
  private static final Pattern PLACEHOLDER = Pattern.compile("#\\w+");
  private static final Pattern WHITESPACE = Pattern.compile("\\s+");
  private static final String HIDDEN = "…";

  private Discretion() {}

  /// An expression with the names that its placeholders stand for.
  static String expression(String expression, Map<String, String> names) {
    Matcher matcher = PLACEHOLDER.matcher(expression);
    String named =
        matcher.replaceAll(found ->
            Matcher.quoteReplacement(name(names.getOrDefault(found.group(), found.group()))));
    return WHITESPACE.matcher(named).replaceAll(" ").trim();
  }

  static String name(String attribute) {
    return NAME.matcher(attribute).matches() || ID.matcher(attribute).matches()
        ? attribute
        : "‹digest›";
  }

  static Map<String, Object> values(Map<String, AttributeValue> values) {
    Map<String, Object> shown = new LinkedHashMap<>();
    new TreeMap<>(values)
        .forEach(
            (name, value) -> shown.put(name.startsWith(":") ? name : name(name), value(value)));
    return shown;
  }

  private static Object value(AttributeValue value) {
    return switch (value.type()) {
      case S -> text(value.s());
      case N -> value.n();
      case BOOL -> value.bool();
      case B -> "‹" + value.b().asByteArrayUnsafe().length + " bytes›";
      case M -> values(value.m());
      case L -> value.l().stream().map(Discretion::value).toList();
      case SS, NS, BS -> "‹set›";
      case NUL, UNKNOWN_TO_SDK_VERSION -> "‹nothing›";
    };
  }

  private static String text(String text) {
    return WORD.matcher(text).matches() || ID.matcher(text).matches() ? text : "‹text›";
  }

  /// A key by its shape. What follows the tenant in a counter's key is a user, an address or a
  /// blinded destination.
  static String key(String key) {
    List<String> parts = List.of(key.split("#", -1));
    int shown =
        switch (parts.getFirst()) {
          case "T", "F", "S", "W", "K", "P" -> parts.size();
          case "R" -> 3;
          default -> 1;
        };
    return parts.size() <= shown
        ? key
        : Stream.concat(parts.stream().limit(shown), Stream.of(HIDDEN))
            .collect(Collectors.joining("#"));
  }

  /// Enough of a telephone number or address to tell it from another.
  static String destination(String destination) {
    int shown = Math.min(2, destination.length());
    return HIDDEN + destination.substring(destination.length() - shown);
  }
}
