package dev.stile.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every source file of the repository is laid out by google-java-format. To lay out what is not:
/// `./mvnw -q -pl common test -Dtest=FormatTest -Dformat=apply`
class FormatTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @Test
  void leavesNoFileToLayOut() throws IOException, FormatterException {
    boolean apply = "apply".equals(System.getProperty("format"));
    List<Path> changed = new ArrayList<>();
    List<Path> sources = sources();
    for (Path source : sources) {
      String text = Files.readString(source);
      String formatted = format(text);
      if (!formatted.equals(text)) {
        changed.add(REPOSITORY.relativize(source));
        if (apply) {
          Files.writeString(source, formatted);
        }
      }
    }
    assertThat(sources).anyMatch(path -> path.endsWith("edge/HttpEdge.java"));
    if (!apply) {
      assertThat(changed).as("lay out with -Dtest=FormatTest -Dformat=apply").isEmpty();
    }
  }

  @Test
  void noticesWhatIsNotLaidOut() throws FormatterException {
    assertThat(format("class A{int a ;}\n")).isEqualTo("class A {\n  int a;\n}\n");
    assertThat(format("import java.util.List;\n\nclass A {}\n")).isEqualTo("class A {}\n");
  }

  private static String format(String text) throws FormatterException {
    return new Formatter().formatSourceAndFixImports(text);
  }

  /// What lies in a `src` folder of a module; what a build wrote does not.
  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(REPOSITORY)) {
      for (Path src :
          modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(src)) {
          files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
        }
      }
    }
    return sources;
  }
}
