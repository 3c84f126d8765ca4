package dev.stile.lambda.authorizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.stile.lambda.authorizer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /// Of the domain it knows the policy, and of no function, table or vendor anything.
  @ArchTest
  static final ArchRule knowsTheVerifierAndThePolicyAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.stile.lambda.authorizer..",
              "dev.stile.verifier",
              "dev.stile.assurance",
              "dev.stile.edge",
              "dev.stile.audit",
              "com.amazonaws.services.lambda.runtime",
              "org.jspecify.annotations",
              "java..");

  @ArchTest
  static final ArchRule readsTheEnvironmentInItsSettingsOnly =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(AuthorizerSettings.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(LoginSettings.class.getName())
          .should()
          .callMethod(System.class, "getenv");

  @ArchTest
  static final ArchRule takesTimeFromItsVerifier =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");
}
