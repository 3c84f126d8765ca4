package dev.stile.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A zip of this build, and what was written down about it.
record Zip(String name, Path file, Path billOfMaterials) {
  static final List<String> NAMES =
      List.of("enroll", "challenge", "verify", "relay", "authorizer", "cognito");
  static final String ARCHITECTURE = System.getProperty("architecture", "x86_64");

  static Zip of(String name) {
    Path target = Path.of(name, "target").toAbsolutePath();
    String of = name + "-" + ARCHITECTURE;
    return new Zip(name, target.resolve(of + ".zip"), target.resolve(of + ".cdx.json"));
  }

  static List<Zip> all() {
    return NAMES.stream().map(Zip::of).toList();
  }

  List<? extends ZipEntry> entries() {
    try (var zip = new ZipFile(file.toFile())) {
      return zip.stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The jars in it.
  List<String> jars() {
    return entries().stream()
        .map(ZipEntry::getName)
        .filter(entry -> entry.endsWith(".jar"))
        .map(entry -> entry.substring("lib/".length()))
        .sorted()
        .toList();
  }

  /// As Lambda does it, into `/var/task`.
  Path unpack(Path folder) {
    try (var zip = new ZipFile(file.toFile())) {
      Files.createDirectories(folder.resolve("lib"));
      for (ZipEntry entry : zip.stream().filter(one -> !one.isDirectory()).toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, folder.resolve(entry.getName()));
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
