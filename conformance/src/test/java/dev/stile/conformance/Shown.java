package dev.stile.conformance;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;

/// A test method, or a whole class of them where `method` is empty, that is tagged with a
/// requirement. `runners` are the classes under which it runs: its own, and those that inherit it.
record Shown(String requirement, String className, String method, Set<String> runners) {
  Shown {
    runners = Set.copyOf(runners);
  }

  /// All of them, from the compiled tests of every module.
  static List<Shown> all() throws IOException {
    List<Shown> shown = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter().importPaths(Repository.inModules("target/test-classes"))) {
      Set<String> runners =
          Stream.concat(Stream.of(type), type.getAllSubclasses().stream())
              .map(JavaClass::getName)
              .collect(Collectors.toSet());
      requirements(type.getAnnotations())
          .forEach(id -> shown.add(new Shown(id, type.getName(), "", runners)));
      for (JavaMethod method : type.getMethods()) {
        requirements(method.getAnnotations())
            .forEach(id -> shown.add(new Shown(id, type.getName(), method.getName(), runners)));
      }
    }
    return shown;
  }

  private static Stream<String> requirements(Set<? extends JavaAnnotation<?>> annotations) {
    return annotations.stream()
        .flatMap(annotation ->
            annotation.getRawType().isEquivalentTo(Tag.class)
                ? Stream.of(annotation.as(Tag.class).value())
                : annotation.getRawType().isEquivalentTo(Tags.class)
                    ? Stream.of(annotation.as(Tags.class).value()).map(Tag::value)
                    : Stream.of())
        .filter(tag -> tag.matches("R\\d\\d"));
  }

  /// Whether this run is one of this test.
  boolean ran(Reports.Case run) {
    return method.isEmpty()
        ? runners.stream().anyMatch(r -> run.className().equals(r) || isNested(run.className(), r))
        : run.method().equals(method) && runners.contains(run.className());
  }

  private static boolean isNested(String className, String outer) {
    return className.startsWith(outer + "$");
  }

  /// As a reader knows it: `VerdictsContract.ManyAtOnce`.
  String shortName() {
    return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
  }
}
