package dev.stile.lambda.challenge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.stile.testing.FunctionRules;

@AnalyzeClasses(packages = "dev.stile.lambda", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule KNOWS_NO_OTHER_FUNCTION = FunctionRules.knowsOnly("challenge");

  @ArchTest
  static final ArchRule MEETS_VENDORS_BEHIND_PORTS = FunctionRules.MEETS_VENDORS_BEHIND_PORTS;

  @ArchTest
  static final ArchRule TAKES_TIME_AND_CHANCE_AS_GIVEN =
      FunctionRules.TAKES_TIME_AND_CHANCE_AS_GIVEN;

  /// Challenges ask; they neither judge nor sign.
  @ArchTest
  static final ArchRule JUDGES_AND_SIGNS_NOTHING =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveSimpleName("Verdicts")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(".*\\.(TokenSigner|ReceiptSigner|NextSigner)");

  /// The worker alone sends.
  @ArchTest
  static final ArchRule SENDS_IN_THE_WORKER_ALONE =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("Deliver")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("Courier");
}
