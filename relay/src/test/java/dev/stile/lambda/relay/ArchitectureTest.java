package dev.stile.lambda.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.stile.testing.FunctionRules;

@AnalyzeClasses(packages = "dev.stile.lambda", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule KNOWS_NO_OTHER_FUNCTION = FunctionRules.knowsOnly("relay");

  @ArchTest
  static final ArchRule MEETS_VENDORS_BEHIND_PORTS = FunctionRules.MEETS_VENDORS_BEHIND_PORTS;

  @ArchTest
  static final ArchRule TAKES_TIME_AND_CHANCE_AS_GIVEN =
      FunctionRules.TAKES_TIME_AND_CHANCE_AS_GIVEN;

  /// It hands on what is sealed, opens nothing and changes no factor.
  @ArchTest
  static final ArchRule OPENS_AND_CHANGES_NOTHING =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.stile.key..")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("Factors")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("Challenges")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("Courier");
}
