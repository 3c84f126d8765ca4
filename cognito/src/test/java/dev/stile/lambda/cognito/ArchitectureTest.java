package dev.stile.lambda.cognito;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.stile.testing.FunctionRules;

@AnalyzeClasses(
    packages = "dev.stile.lambda.cognito",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule KNOWS_NO_OTHER_FUNCTION = FunctionRules.knowsOnly("cognito");

  @ArchTest
  static final ArchRule MEETS_VENDORS_BEHIND_PORTS = FunctionRules.MEETS_VENDORS_BEHIND_PORTS;

  @ArchTest
  static final ArchRule TAKES_TIME_AND_CHANCE_AS_GIVEN =
      FunctionRules.TAKES_TIME_AND_CHANCE_AS_GIVEN;

  /// What a client says of itself decides nothing.
  @ArchTest
  static final ArchRule READS_NO_CLIENT_METADATA =
      noClasses().should().callMethodWhere(target(name("getClientMetadata")));
}
