package dev.stile.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What `./stile up` was asked for.
record Options(int port, @Nullable Path data, @Nullable Path policy) {
  static final int DEFAULT_PORT = 8080;

  static final String HELP = help();

  /// @throws BadOptions if they cannot be understood
  static Options parse(String[] arguments) {
    int port = DEFAULT_PORT;
    @Nullable Path data = null;
    @Nullable Path policy = null;
    for (int i = 1; i < arguments.length; i += 2) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : "";
      if (value.isEmpty()) {
        throw new BadOptions(arguments[i] + " needs a value; ./stile up --help");
      }
      switch (arguments[i]) {
        case "--port" -> port = port(value);
        case "--data" -> data = Path.of(value);
        case "--policy" -> policy = Path.of(value);
        default -> throw new BadOptions("unknown option " + arguments[i] + "; ./stile up --help");
      }
    }
    return new Options(port, data, policy);
  }

  /// A file, so that ./stile can show it before anything is built.
  private static String help() {
    try (InputStream in = Options.class.getResourceAsStream("help.txt")) {
      return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new BadOptions("--port takes a number from 0 to 65535, not " + text);
  }

  /// What the caller got wrong, in one line.
  static final class BadOptions extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadOptions(String message) {
      super(message);
    }
  }
}
