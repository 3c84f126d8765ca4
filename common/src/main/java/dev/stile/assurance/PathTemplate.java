package dev.stile.assurance;

import java.util.List;
import java.util.regex.Pattern;

/// The path of a route, segment by segment: a name as it is, or `{parameter}` for one segment. A
/// path is never cleaned up before it is compared, so that another spelling of a path (`//`, a
/// slash at the end, other capitals, dot segments, an encoded slash) is another path.
public record PathTemplate(List<String> segments) {
  /// RFC 3986 §2.3 unreserved.
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");

  private static final Pattern PARAMETER = Pattern.compile("\\{[A-Za-z0-9._-]+}");

  /// What a parameter may stand for: RFC 3986 §3.3 pchar without what servers take for more than a
  /// part of a name (`;` begins a matrix parameter) and what means something in the ARN of a policy
  /// (`*`, `?`, `$`), encoded or not; nor encoded slashes, backslashes, dots, percent signs and
  /// control characters.
  private static final Pattern VALUE =
      Pattern.compile(
          "(?:[A-Za-z0-9._~!'(),=:@+&-]"
              + "|%(?![01]|2[4AaEeFf5]|3[BbFf]|5[Cc]|7[Ff])[0-9A-Fa-f]{2})+");

  public PathTemplate {
    segments = List.copyOf(segments);
  }

  /// @throws IllegalArgumentException with what is wrong
  public static PathTemplate parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("its path does not begin with a slash");
    }
    List<String> segments = List.of(text.substring(1).split("/", -1));
    for (String segment : segments) {
      if (isDots(segment)
          || !(LITERAL.matcher(segment).matches() || PARAMETER.matcher(segment).matches())) {
        throw new IllegalArgumentException(
            "'" + segment + "' in its path is neither a plain name nor one {parameter}");
      }
    }
    return new PathTemplate(segments);
  }

  public boolean matches(String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    String[] parts = path.substring(1).split("/", -1);
    if (parts.length != segments.size()) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      if (!matches(segments.get(i), parts[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String segment, String part) {
    return isParameter(segment)
        ? VALUE.matcher(part).matches() && !isDots(part)
        : segment.equals(part);
  }

  /// The same but for the names of parameters.
  public boolean isShapedLike(PathTemplate other) {
    return shape().equals(other.shape());
  }

  /// Whether a path can match both while neither names it more exactly throughout.
  boolean isAmbiguousWith(PathTemplate other) {
    return overlaps(other) && (isAsExactAs(other) == other.isAsExactAs(this));
  }

  private boolean overlaps(PathTemplate other) {
    if (segments.size() != other.segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String mine = segments.get(i);
      String theirs = other.segments.get(i);
      if (!isParameter(mine) && !isParameter(theirs) && !mine.equals(theirs)) {
        return false;
      }
    }
    return true;
  }

  /// Whether it has a name wherever the other has one. Of the same number of segments.
  private boolean isAsExactAs(PathTemplate other) {
    for (int i = 0; i < segments.size(); i++) {
      if (isParameter(segments.get(i)) && !isParameter(other.segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  long parameters() {
    return segments.stream().filter(PathTemplate::isParameter).count();
  }

  private List<String> shape() {
    return segments.stream().map(s -> isParameter(s) ? "{}" : s).toList();
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}
