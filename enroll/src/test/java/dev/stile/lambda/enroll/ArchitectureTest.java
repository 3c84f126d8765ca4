package dev.stile.lambda.enroll;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.stile.testing.FunctionRules;

@AnalyzeClasses(packages = "dev.stile.lambda", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule KNOWS_NO_OTHER_FUNCTION = FunctionRules.knowsOnly("enroll");

  @ArchTest
  static final ArchRule MEETS_VENDORS_BEHIND_PORTS = FunctionRules.MEETS_VENDORS_BEHIND_PORTS;

  @ArchTest
  static final ArchRule TAKES_TIME_AND_CHANCE_AS_GIVEN =
      FunctionRules.TAKES_TIME_AND_CHANCE_AS_GIVEN;

  /// Enrollment keeps secrets and judges nothing.
  @ArchTest
  static final ArchRule JUDGES_AND_SENDS_NOTHING =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveSimpleName("Verdicts")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("Activations")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(".*\\.(TokenSigner|ReceiptSigner|NextSigner)")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("Courier");
}
