package dev.stile.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/// The arrows that hold for every function.
public final class FunctionRules {
  /// Libraries and the SDK are met through ports; only the component names the wiring.
  public static final ArchRule MEETS_VENDORS_BEHIND_PORTS =
      noClasses()
          .that(new HandWritten())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon..",
              "com.nimbusds..",
              "com.warrenstrange..",
              "com.google.i18n..",
              "tools.jackson..",
              "dev.stile.vendor..",
              "dev.stile.aws.dynamo..",
              "dev.stile.aws.kms..",
              "dev.stile.aws.sqs..",
              "dev.stile.aws.courier..",
              "dev.stile.engines..",
              "dev.stile.local..");

  public static final ArchRule TAKES_TIME_AND_CHANCE_AS_GIVEN =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callConstructor(SecureRandom.class);

  private FunctionRules() {}

  /// Functions meet in queues and in the table, never in code.
  public static ArchRule knowsOnly(String function) {
    return noClasses()
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.stile.lambda..")
                .and(JavaClass.Predicates.resideOutsideOfPackage("dev.stile.lambda." + function)));
  }

  /// Dagger writes the rest.
  private static final class HandWritten extends DescribedPredicate<JavaClass> {
    HandWritten() {
      super("are written by hand");
    }

    @Override
    public boolean test(JavaClass type) {
      return !type.getName().contains("Dagger") && !type.getName().endsWith("_Factory");
    }
  }
}
