package dev.stile.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Describes a fault for the log by types and places alone: messages of libraries quote their
/// input.
final class Faults {
  private static final int FRAMES = 6;
  private static final int CAUSES = 4;

  private static final Pattern CLIENT =
      Pattern.compile("software\\.amazon\\.awssdk\\.services\\.(dynamodb|sqs|sns|sesv2|kms)\\.");

  private Faults() {}

  /// The service whose client broke, by the names of types and places; `stile` where it was none.
  static String dependency(Throwable fault) {
    @Nullable Throwable at = fault;
    for (int depth = 0; at != null && depth < CAUSES; depth++) {
      Stream<String> frames = Stream.of(at.getStackTrace()).map(StackTraceElement::getClassName);
      Optional<String> service =
          Stream.concat(Stream.of(at.getClass().getName()), frames)
              .map(CLIENT::matcher)
              .filter(Matcher::find)
              .map(client -> client.group(1))
              .findFirst();
      if (service.isPresent()) {
        return service.get();
      }
      at = at.getCause();
    }
    return "stile";
  }

  static List<String> describe(Throwable fault) {
    List<String> lines = new ArrayList<>();
    @Nullable Throwable at = fault;
    for (int depth = 0; at != null && depth < CAUSES; depth++) {
      lines.add(at.getClass().getName());
      StackTraceElement[] frames = at.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        lines.add("  " + frames[i]);
      }
      at = at.getCause();
    }
    return lines;
  }
}
