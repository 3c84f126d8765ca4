package dev.stile.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The table of docs/packages.md. Sizes of Stile's own jars and of the zips change with each line
/// of code and are not in it; those of the native client differ by platform, in the third digit.
record Closures(Map<Zip, Unpacked> zips) {
  private static final Path PAGE = Path.of("../docs/packages.md");
  private static final String BEGIN = "<!-- by ZipsTest: -Dpackages=write -->\n";

  void hold() throws IOException {
    String page = Files.readString(PAGE);
    String written = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + "\n" + table();
    if ("write".equals(System.getProperty("packages"))) {
      Files.writeString(PAGE, written);
      return;
    }
    assertThat(page).as("write it again with -Dpackages=write").isEqualTo(written);
  }

  private String table() {
    Map<String, Path> libraries = new TreeMap<>();
    zips.values().forEach(zip -> zip.jars().keySet().forEach(jar -> libraries.put(name(jar), jar)));
    var table = new StringBuilder();
    table.append(row("Jar", "kB", zips.keySet().stream().map(Zip::name).toList()));
    table.append(row("---", "--:", zips.keySet().stream().map(zip -> ":-:").toList()));
    libraries.forEach((name, jar) -> {
      String size = isFixed(name) ? kilobytes(size(jar)) : "";
      table.append(row(name, size, each(zip -> mark(zip, name))));
    });
    return table + row("**Libraries, kB, without aws-crt**", "", each(Closures::sum));
  }

  private List<String> each(Function<Unpacked, String> cell) {
    return zips.values().stream().map(cell).toList();
  }

  private static String mark(Unpacked zip, String name) {
    return zip.jars().keySet().stream().anyMatch(jar -> name(jar).equals(name)) ? "●" : "";
  }

  private static String sum(Unpacked zip) {
    return kilobytes(
        zip.jars().keySet().stream()
            .filter(jar -> isFixed(name(jar)))
            .mapToLong(Closures::size)
            .sum());
  }

  private static boolean isFixed(String name) {
    return !name.startsWith("stile-") && !name.endsWith("-linux");
  }

  private static String name(Path jar) {
    return jar.getFileName()
        .toString()
        .replaceFirst("\\.jar$", "")
        .replaceFirst("-linux-\\w+$", "-linux")
        .replaceFirst("^(stile-.*)-0.*", "$1");
  }

  private static long size(Path jar) {
    try {
      return Files.size(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String kilobytes(long bytes) {
    return String.format(Locale.ROOT, "%,d", Math.ceilDiv(bytes, 1000));
  }

  private static String row(String first, String second, List<String> rest) {
    return rest.stream()
        .map(cell -> cell.isEmpty() ? " |" : " " + cell + " |")
        .collect(
            Collectors.joining(
                "", "| " + first + " | " + second + (second.isEmpty() ? "|" : " |"), "\n"));
  }
}
