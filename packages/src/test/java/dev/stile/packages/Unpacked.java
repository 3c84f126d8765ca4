package dev.stile.packages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The jars of a zip with the names of the classes in each.
record Unpacked(Map<Path, Set<String>> jars) {

  static Unpacked in(Path task) {
    Map<Path, Set<String>> jars = new TreeMap<>();
    try (Stream<Path> files = Files.list(task.resolve("lib"))) {
      files.forEach(jar -> jars.put(jar, classes(jar)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Unpacked(jars);
  }

  private static Set<String> classes(Path jar) {
    Set<String> classes = new HashSet<>();
    try (var zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .forEach(classes::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  Set<String> classes() {
    Set<String> all = new HashSet<>();
    jars.values().forEach(all::addAll);
    return all;
  }

  /// The same without the jar whose name begins so.
  Unpacked without(String prefix) {
    Map<Path, Set<String>> fewer = new TreeMap<>(jars);
    fewer.keySet().removeIf(jar -> jar.getFileName().toString().startsWith(prefix));
    return new Unpacked(fewer);
  }

  /// Stile's own.
  List<Path> own() {
    return jars.keySet().stream()
        .filter(jar -> jar.getFileName().toString().startsWith("stile-"))
        .toList();
  }

  List<String> sha256() {
    List<String> hashes = new ArrayList<>();
    try {
      for (Path jar : jars.keySet()) {
        var digest = MessageDigest.getInstance("SHA-256");
        hashes.add(HexFormat.of().formatHex(digest.digest(Files.readAllBytes(jar))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    return hashes;
  }
}
