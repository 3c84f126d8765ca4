package dev.stile.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The source of a function's component, which says which keys it has.
record ComponentSource(String text, boolean signs) {
  private static final Pattern USE = Pattern.compile("KeyUse\\.(\\w+)");

  static ComponentSource of(Deployed function) throws IOException {
    String component = function.handler().replaceFirst("Handler$", "Component").replace('.', '/');
    Path module = Path.of("..", function.zip(), "src/main/java");
    return new ComponentSource(
        Files.readString(module.resolve(component + ".java")),
        function.handler().endsWith(".VerifyHandler"));
  }

  /// Whoever judges also signs, by keys that are no [dev.stile.key.KeyUse].
  Set<String> keys() {
    Set<String> keys = new HashSet<>(signs ? Set.of("SIGN") : Set.of());
    Matcher use = USE.matcher(text);
    while (use.find()) {
      keys.add(use.group(1));
    }
    return keys;
  }
}
