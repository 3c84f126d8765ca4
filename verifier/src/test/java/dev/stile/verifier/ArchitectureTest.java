package dev.stile.verifier;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;

@AnalyzeClasses(
    packages = "dev.stile.verifier",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependsOnlyOnTheJdkNimbusAndJspecify =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.stile.verifier..", "java..", "com.nimbusds.jose..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule readsTimeFromItsClock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now");

  @ArchTest
  static final ArchRule asksTheSystemForAClockInDefaultsOnly =
      noClasses()
          .that()
          .doNotBelongToAnyOf(GrantVerifier.Builder.class, AccessTokenVerifier.class)
          .should()
          .callMethodWhere(
              target(owner(type(Clock.class)))
                  .and(target(name("systemUTC").or(name("systemDefaultZone")).or(name("system")))));

  @ArchTest
  static final ArchRule makesAVerifiedGrantInTheVerifierOnly =
      constructors()
          .that()
          .areDeclaredIn(VerifiedGrant.class)
          .should()
          .bePackagePrivate()
          .andShould()
          .onlyBeCalled()
          .byClassesThat()
          .belongToAnyOf(GrantVerifier.class);

  @ArchTest
  static final ArchRule makesAnAccessTokenInItsVerifierOnly =
      constructors()
          .that()
          .areDeclaredIn(AccessToken.class)
          .should()
          .bePackagePrivate()
          .andShould()
          .onlyBeCalled()
          .byClassesThat()
          .belongToAnyOf(AccessTokenVerifier.class);

  @ArchTest
  static final ArchRule hasNoCycles = slices().matching("dev.stile.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule writesNoLog =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.slf4j..")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");
}
