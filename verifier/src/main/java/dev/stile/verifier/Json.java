package dev.stile.verifier;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A JSON value with its type kept, so that `"1"`, `1` and `1.0` stay three things.
sealed interface Json {
  record Text(String value) implements Json {}

  /// An integer without fraction or exponent that a long holds.
  record Whole(long value) implements Json {}

  /// Any other number, as spelled: nothing here has a use for one.
  record Real(String spelling) implements Json {}

  enum Literal implements Json {
    TRUE,
    FALSE,
    NULL
  }

  record Items(List<Json> values) implements Json {
    public Items {
      values = List.copyOf(values);
    }

    /// The items if all of them are texts with something in them.
    Optional<List<String>> texts() {
      List<String> texts =
          values.stream()
              .flatMap(item -> item instanceof Text(String text) ? Stream.of(text) : Stream.empty())
              .filter(text -> !text.isBlank())
              .toList();
      return texts.size() == values.size() ? Optional.of(texts) : Optional.empty();
    }
  }

  record Members(Map<String, Json> values) implements Json {
    public Members {
      values = Map.copyOf(values);
    }

    /// The members that fit into one text each; an array of texts in brackets, its items apart by
    /// spaces. An item that has one itself would be read as two: such an array is left out.
    Map<String, String> texts() {
      Map<String, String> texts = new HashMap<>();
      values.forEach((name, value) -> text(value).ifPresent(text -> texts.put(name, text)));
      return texts;
    }

    private static Optional<String> text(Json value) {
      return switch (value) {
        case Text(String text) -> Optional.of(text);
        case Whole(long whole) -> Optional.of(Long.toString(whole));
        case Real(String spelling) -> Optional.of(spelling);
        case Literal literal ->
            Optional.of(literal)
                .filter(known -> known != Literal.NULL)
                .map(known -> known.name().toLowerCase(Locale.ROOT));
        case Items items ->
            items
                .texts()
                .filter(all -> all.stream().noneMatch(item -> item.contains(" ")))
                .map(all -> "[" + String.join(" ", all) + "]");
        case Members members -> Optional.empty();
      };
    }

    boolean has(String name) {
      return values.containsKey(name);
    }

    Optional<Json> get(String name) {
      return Optional.ofNullable(values.get(name));
    }

    /// The member if it is a text with something in it.
    Optional<String> text(String name) {
      return get(name)
          .flatMap(
              value -> value instanceof Text(String text) ? Optional.of(text) : Optional.empty())
          .filter(text -> !text.isBlank());
    }
  }
}
