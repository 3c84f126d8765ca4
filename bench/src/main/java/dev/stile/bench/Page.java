package dev.stile.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// docs/performance.md: each benchmark has a section between two marks, which it replaces.
final class Page {
  private static final Path DOCS = Path.of("docs");
  private static final Path CPUS = Path.of("/proc/cpuinfo");

  private Page() {}

  static void write(String name, Findings findings) throws IOException {
    Path pictures = Files.createDirectories(DOCS.resolve("performance"));
    Files.writeString(pictures.resolve(name + ".svg"), Svg.bars(findings));
    Path page = DOCS.resolve("performance.md");
    String text = Files.readString(page);
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    if (from < begin.length() || to < from) {
      throw new IOException("docs/performance.md has no section " + name);
    }
    String section =
        "`./stile bench %s`, %s, %s.%n%s%n![%s](performance/%s.svg)%n%n"
            .formatted(
                name,
                LocalDate.now(ZoneOffset.UTC),
                machine(),
                findings.markdown(),
                findings.picture(),
                name);
    Files.writeString(page, text.substring(0, from) + section + text.substring(to));
  }

  private static String machine() throws IOException {
    String model = System.getProperty("os.arch");
    if (Files.exists(CPUS)) {
      try (InputStream in = Files.newInputStream(CPUS)) {
        model =
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(model);
      }
    }
    return String.format(
        Locale.ROOT,
        "%d shared cores (%s), JDK %s",
        Runtime.getRuntime().availableProcessors(),
        model,
        System.getProperty("java.version"));
  }
}
