package dev.stile.edge;

import dev.stile.problem.Problem;
import dev.stile.problem.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object, taken one by one. Whatever is wrong is told with a JSON pointer; a
/// member that nobody asked for is wrong too.
public final class JsonObject {
  private final String pointer;
  private final Map<String, @Nullable Object> members;
  private final Set<String> taken = new HashSet<>();

  JsonObject(String pointer, Map<String, @Nullable Object> members) {
    this.pointer = pointer;
    this.members = members;
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  public Set<String> names() {
    return members.keySet();
  }

  public String text(String name) {
    return take(name, String.class, "a text").orElseThrow(() -> missing(name));
  }

  public Optional<String> optionalText(String name) {
    return take(name, String.class, "a text");
  }

  /// A text turned into a value of the domain; what that refuses is told at the member.
  public <T> T parse(String name, Function<String, T> parser) {
    return convert(name, text(name), parser);
  }

  public <T> Optional<T> optionalParse(String name, Function<String, T> parser) {
    return optionalText(name).map(text -> convert(name, text, parser));
  }

  public Optional<Integer> wholeNumber(String name) {
    return take(name, BigDecimal.class, "a whole number")
        .map(number -> {
          try {
            return number.intValueExact();
          } catch (ArithmeticException e) {
            throw wrong(name, "is not a whole number");
          }
        });
  }

  public Optional<Boolean> flag(String name) {
    return take(name, Boolean.class, "true or false");
  }

  public Optional<JsonObject> object(String name) {
    return take(name, JsonObject.class, "an object");
  }

  public Optional<List<String>> texts(String name) {
    return take(name, List.class, "an array")
        .map(elements -> {
          List<String> texts = new ArrayList<>();
          for (Object element : elements) {
            if (!(element instanceof String text)) {
              throw wrong(name, "holds something that is not a text");
            }
            texts.add(text);
          }
          return texts;
        });
  }

  public List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : take(name, List.class, "an array").orElse(List.of())) {
      if (!(element instanceof JsonObject object)) {
        throw wrong(name, "holds something that is not an object");
      }
      objects.add(object);
    }
    return objects;
  }

  /// The object as it came, on one line.
  public String json() {
    return JsonText.of(members);
  }

  Map<String, @Nullable Object> members() {
    return members;
  }

  /// Every member as a text, for objects whose names are the caller's.
  public Map<String, String> allTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : members.keySet()) {
      texts.put(name, text(name));
    }
    return texts;
  }

  /// Runs a check of the domain on this object as a whole.
  public <T> T check(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(pointer, sentence(e.getMessage())).asException();
    }
  }

  /// Refuses members that nobody took.
  public void noMore() {
    for (String name : members.keySet()) {
      if (!taken.contains(name)) {
        throw wrong(name, "is not known here");
      }
    }
  }

  public ProblemException wrong(String name, String why) {
    return Problem.invalid(at(name), "Member " + name + " " + why + ".").asException();
  }

  private ProblemException missing(String name) {
    return wrong(name, "is missing");
  }

  private <T> T convert(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(at(name), sentence(e.getMessage())).asException();
    }
  }

  private <T> Optional<T> take(String name, Class<T> type, String what) {
    taken.add(name);
    if (!members.containsKey(name)) {
      return Optional.empty();
    }
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw wrong(name, "is not " + what);
    }
    return Optional.of(type.cast(value));
  }

  private String at(String name) {
    return pointer + "/" + Json.escape(name);
  }

  private static String sentence(@Nullable String message) {
    String text = message == null || message.isEmpty() ? "not valid" : message;
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}
