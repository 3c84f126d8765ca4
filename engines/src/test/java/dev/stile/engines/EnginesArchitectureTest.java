package dev.stile.engines;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The engines are known by the wire alone: no client of theirs, and nothing of Stile.
@AnalyzeClasses(packages = "dev.stile.engines", importOptions = DoNotIncludeTests.class)
final class EnginesArchitectureTest {
  @ArchTest
  static final ArchRule DEPEND_ON_NOTHING_OF_STILE =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are Stile's, outside the engines",
                  type ->
                      type.getPackageName().startsWith("dev.stile")
                          && !type.getPackageName().startsWith("dev.stile.engines")));

  @ArchTest
  static final ArchRule CALL_NOBODY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon.awssdk..", "java.net.http..");

  @ArchTest
  static final ArchRule NEVER_START_WHAT_REPORTS_OR_LISTENS_EVERYWHERE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(".*(ServerRunner|DynamoDBEmbedded|DynamoDBProxyServer|Telemetry.*)");

  @ArchTest
  static final ArchRule WRITE_NOTHING_TO_THE_CONSOLE = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
