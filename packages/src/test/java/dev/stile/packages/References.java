package dev.stile.packages;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Which classes the code of a function leads to. A component is generated with what it uses and
/// nothing else, so that following it tells what its function may ever load. The modules that all
/// components share name everything and are not followed.
record References(JavaClasses own) {
  private static final List<String> SHARED =
      List.of(
          "dev.stile.aws.runtime.CommonModule",
          "dev.stile.aws.runtime.DaggerProductionSurroundings",
          "dev.stile.aws.runtime.ProductionSurroundings",
          "dev.stile.aws.runtime.DaggerRehearsalSurroundings",
          "dev.stile.aws.runtime.RehearsalSurroundings",
          "dev.stile.aws.runtime.Surroundings",
          "dev.stile.aws.AwsClientsModule");

  /// In the zip of the authorizer, for a door that trusts several issuers.
  private static final Deployed LOGIN =
      new Deployed(
          "authorizer", "dev.stile.lambda.authorizer.LoginAuthorizerHandler", List.of(), List.of());

  static References of(Collection<Unpacked> zips) throws IOException {
    Map<String, JarFile> jars = new HashMap<>();
    for (Path jar : zips.stream().flatMap(zip -> zip.own().stream()).toList()) {
      jars.putIfAbsent(jar.getFileName().toString(), new JarFile(jar.toFile()));
    }
    var references = new References(new ClassFileImporter().importJars(jars.values()));
    for (JarFile jar : jars.values()) {
      jar.close();
    }
    return references;
  }

  /// What the functions of the zip refer to and it does not hold.
  Set<String> missing(Zip zip, Unpacked unpacked) {
    Set<String> held = unpacked.classes();
    Set<String> missing = new TreeSet<>();
    Set<JavaClass> known = new HashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>();
    for (String handler : handlers(zip)) {
      open.add(own.get(handler));
    }
    while (!open.isEmpty()) {
      JavaClass from = open.remove();
      for (var reference : from.getDirectDependenciesFromSelf()) {
        JavaClass to = reference.getTargetClass().getBaseComponentType();
        if (isOfPlatform(to) || isMark(to)) {
          continue;
        }
        if (!held.contains(to.getName())) {
          missing.add(from.getName() + " -> " + to.getName());
        } else if (own.contain(to.getName()) && isFollowed(to) && known.add(to)) {
          open.add(to);
        }
      }
    }
    return missing;
  }

  private static boolean isOfPlatform(JavaClass type) {
    if (type.isPrimitive()) {
      return true;
    }
    try {
      Class.forName(type.getName(), false, ClassLoader.getPlatformClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /// Annotations that nobody reads at run time need not be there.
  private static boolean isMark(JavaClass type) {
    return type.isAnnotation() || type.getName().equals("jakarta.inject.Inject");
  }

  private static boolean isFollowed(JavaClass type) {
    return SHARED.stream().noneMatch(type.getName()::startsWith);
  }

  private static List<String> handlers(Zip zip) {
    return Stream.of(
            Deployed.functions().values().stream(),
            Deployed.triggers().values().stream(),
            Stream.of(Deployed.authorizer(), LOGIN))
        .flatMap(functions -> functions)
        .filter(function -> function.zip().equals(zip.name()))
        .map(Deployed::handler)
        .toList();
  }
}
