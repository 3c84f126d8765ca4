package dev.stile.assurance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with places that are filled in for each message. Places are filled in one pass: what is
/// put in is never looked at again, so that a transaction cannot name a place.
public record Template(String text) {
  private static final Pattern BRACES = Pattern.compile("\\{([a-z]+)}|[{}]");

  private static final Pattern CODE_LIKE = Pattern.compile("\\p{Nd}{6,}");

  private static final Set<Place> NAMES = Set.of(Place.NAME, Place.HOST);
  private static final Set<Place> NOTICE = Set.of(Place.NAME, Place.FACTOR, Place.TIME);

  public Template {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a text is not blank");
    }
    if (BRACES.matcher(text).results().anyMatch(m -> !Place.isNamed(m.group(1)))) {
      throw new IllegalArgumentException(
          "braces stand for {code}, {name}, {display}, {host}, {factor} and {time} only");
    }
  }

  /// The text of a message that brings a code. It shows the transaction, and the code comes first:
  /// before any other place and any digit, so that whoever looks for the code finds no other
  /// number; nothing that could lengthen it touches it.
  public static Template ofCode(String text) {
    var template = new Template(text);
    List<Place> places = template.places();
    if (!places.contains(Place.CODE) || !places.contains(Place.DISPLAY)) {
      throw new IllegalArgumentException("a text has to show {code} and {display}");
    }
    if (places.contains(Place.FACTOR) || places.contains(Place.TIME)) {
      throw new IllegalArgumentException("{factor} and {time} stand in notices only");
    }
    if (places.getFirst() != Place.CODE || hasDigit(text.substring(0, text.indexOf('{')))) {
      throw new IllegalArgumentException("{code} comes before any digit and any other place");
    }
    int behind = text.indexOf('}') + 1;
    if (behind < text.length() && touches(text.codePointAt(behind))) {
      throw new IllegalArgumentException("{code} stands apart from digits and other places");
    }
    return template;
  }

  /// The text of a notice: when it happened, and nothing that looks like a code.
  public static Template ofNotice(String text) {
    var template = new Template(text);
    if (!NOTICE.containsAll(template.places()) || !template.places().contains(Place.TIME)) {
      throw new IllegalArgumentException("a notice shows {time}, and {name} and {factor} at most");
    }
    if (CODE_LIKE.matcher(text).find()) {
      throw new IllegalArgumentException("a notice has no run of digits as long as a code");
    }
    return template;
  }

  /// A subject is one line. It is shown where anyone may look, so it has neither the code nor the
  /// transaction.
  public static Template ofSubject(String text) {
    var template = new Template(text);
    if (!NAMES.containsAll(template.places())) {
      throw new IllegalArgumentException("a subject shows {name} and {host} only");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a subject is one line");
    }
    return template;
  }

  private static boolean hasDigit(String text) {
    return text.codePoints().anyMatch(Character::isDigit);
  }

  private static boolean touches(int codePoint) {
    return codePoint == '{' || Character.isDigit(codePoint);
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    BRACES.matcher(text).results().forEach(m -> places.add(Place.named(m.group(1))));
    return places;
  }

  /// The text with its places filled.
  public String fill(Function<Place, String> values) {
    return fill(UnaryOperator.identity(), values);
  }

  /// The same with the words between the places turned into another notation, such as HTML; the
  /// values have to be in that notation already.
  public String fill(UnaryOperator<String> words, Function<Place, String> values) {
    var filled = new StringBuilder();
    Matcher matcher = BRACES.matcher(text);
    int from = 0;
    while (matcher.find()) {
      filled.append(words.apply(text.substring(from, matcher.start())));
      filled.append(values.apply(Place.named(matcher.group(1))));
      from = matcher.end();
    }
    return filled.append(words.apply(text.substring(from))).toString();
  }

  /// What differs from message to message: the code, what users know the tenant by, the transaction
  /// as it is approved, and the host that the code is for; in a notice, the factor and the time.
  public enum Place {
    CODE("code"),
    NAME("name"),
    DISPLAY("display"),
    HOST("host"),
    FACTOR("factor"),
    TIME("time");

    private final String word;

    Place(String word) {
      this.word = word;
    }

    private static boolean isNamed(String word) {
      return List.of(values()).stream().anyMatch(place -> place.word.equals(word));
    }

    private static Place named(String word) {
      return List.of(values()).stream()
          .filter(place -> place.word.equals(word))
          .findFirst()
          .orElseThrow();
    }
  }
}
