package dev.stile.edge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes a fault for the log by types and places alone: messages of libraries quote their
/// input.
final class Faults {
  private static final int FRAMES = 6;
  private static final int CAUSES = 4;

  private Faults() {}

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
