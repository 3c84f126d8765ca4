package dev.stile.vendor.webauthn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The library is loaded with the one class that knows it, and that one when it is needed.
@AnalyzeClasses(packages = "dev.stile", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_THE_LIBRARY_IN_ONE_CLASS =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.stile\\.vendor\\.webauthn\\.Library(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.webauthn4j..", "tools.jackson.databind..");

  @ArchTest
  static final ArchRule REACHES_THAT_CLASS_THROUGH_THE_ADAPTER =
      noClasses()
          .that()
          .haveNameNotMatching(
              "dev\\.stile\\.vendor\\.webauthn\\.(Library(\\$.*)?|WebAuthn4jCeremonies)")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.stile.vendor.webauthn.Library");
}
