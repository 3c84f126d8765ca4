package dev.stile.engines;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps the engines off the console: log4j by `log4j2.properties`, the rest here.
final class Silence {
  /// Held, because the logging framework forgets the level of a logger that nobody holds.
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private Silence() {}

  /// To be called before the first class of an engine is touched. SLF4J 2.1 tells on standard error
  /// which provider it found; where something else logs before, the same property is to be set at
  /// the command line.
  static void fall() {
    SQLITE.setLevel(Level.OFF);
    if (System.getProperty("slf4j.internal.verbosity") == null) {
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
  }
}
