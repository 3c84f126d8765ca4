package dev.stile.build;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.stile.edge.HttpEdge;
import dev.stile.edge.JsonLog;
import dev.stile.factor.Code;
import dev.stile.factor.recovery.RecoveryCode;
import dev.stile.key.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonToken;

/// What the domain may know: the JDK, two sets of annotations, and itself.
class ArchitectureTest {
  private static final String EDGE = "dev.stile.edge..";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.stile");

  private static final ArchRule DOMAIN_KNOWS_NO_VENDOR =
      classes()
          .that(resideInAPackage("dev.stile..").and(not(resideInAPackage(EDGE))))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "jakarta.inject..")
                  .or(resideInAPackage("dev.stile..").and(not(resideInAPackage(EDGE)))));

  private static final ArchRule EDGE_ALONE_KNOWS_LAMBDA_AND_JSON =
      noClasses()
          .that()
          .resideOutsideOfPackage(EDGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.amazonaws..", "tools.jackson..");

  private static final ArchRule EDGE_KNOWS_NO_OTHER_VENDOR =
      classes()
          .that()
          .resideInAPackage(EDGE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "dev.stile..",
              "org.jspecify..",
              "jakarta.inject..",
              "tools.jackson.core..",
              "com.amazonaws.services.lambda.runtime.events..");

  private static final ArchRule TIME_CHANCE_AND_SURROUNDINGS_ARE_GIVEN =
      noClasses()
          .should()
          .accessTargetWhere(
              describe("time, chance or surroundings come from nowhere", a -> isAmbient(a)));

  private static final ArchRule ONE_PLACE_WRITES_LINES =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(JsonLog.class.getName())
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\.logging\\..*|java\\.lang\\.System\\$Logger")
          .orShould()
          .accessTargetWhere(describe("a stream of the process is written to", a -> prints(a)));

  private static final ArchRule SECRETS_ARE_COMPARED_IN_CONSTANT_TIME =
      codeUnits().should(notCompareWhatTheyReveal());

  /// What the JDK reads from the machine on its own.
  private static boolean isAmbient(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return (owner.startsWith("java.time.") && name.equals("now"))
        || (owner.equals("java.time.Clock") && Pattern.matches("system.*|tick.*", name))
        || (owner.equals("java.lang.System")
            && Set.of("currentTimeMillis", "getenv", "getProperty", "getProperties").contains(name))
        || (owner.equals("java.util.Date") && name.equals("<init>"))
        || (owner.equals("java.security.SecureRandom")
            && Set.of("<init>", "getInstance", "getInstanceStrong").contains(name))
        || Set.of("java.util.Random", "java.util.concurrent.ThreadLocalRandom").contains(owner)
        || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
        || (owner.equals("java.lang.Math") && name.equals("random"));
  }

  private static boolean prints(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    return (owner.equals("java.lang.System") && Set.of("out", "err").contains(access.getName()))
        || owner.equals("java.io.PrintStream")
        || access.getName().equals("printStackTrace");
  }

  /// R31, as far as calls tell it: whoever takes a secret's content compares nothing by a method
  /// that stops at the first difference.
  private static ArchCondition<JavaCodeUnit> notCompareWhatTheyReveal() {
    return new ArchCondition<>("not compare what they reveal") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        boolean holdsContent =
            isSecret(unit.getOwner())
                || unit.getAccessesFromSelf().stream()
                    .anyMatch(a -> isSecret(a.getTargetOwner()) && a.getName().equals("reveal"));
        unit.getAccessesFromSelf().stream()
            .filter(access -> holdsContent && stopsEarly(access))
            .map(access -> SimpleConditionEvent.violated(access, access.getDescription()))
            .forEach(events::add);
      }
    };
  }

  private static boolean isSecret(JavaClass type) {
    return type.isEquivalentTo(Secret.class)
        || type.isEquivalentTo(Code.class)
        || type.isEquivalentTo(RecoveryCode.class);
  }

  private static boolean stopsEarly(JavaAccess<?> access) {
    Set<String> owners =
        Set.of(
            "java.lang.String",
            "java.lang.CharSequence",
            "java.lang.Object",
            "java.util.Arrays",
            "java.util.Objects",
            "java.nio.ByteBuffer");
    Set<String> names =
        Set.of(
            "equals",
            "equalsIgnoreCase",
            "contentEquals",
            "compareTo",
            "compare",
            "startsWith",
            "regionMatches",
            "mismatch",
            "deepEquals");
    return owners.contains(access.getTargetOwner().getName()) && names.contains(access.getName());
  }

  @Test
  void readsTheClasses() {
    assertThat(MAIN).hasSizeGreaterThan(100);
    assertThat(MAIN.contain(HttpEdge.class)).isTrue();
    assertThat(MAIN.contain(Secret.class)).isTrue();
    assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
    assertThat(MAIN.get(HttpEdge.class).getDirectDependenciesFromSelf()).hasSizeGreaterThan(10);
  }

  @Test
  void keepsVendorsOutOfTheDomain() {
    DOMAIN_KNOWS_NO_VENDOR.check(MAIN);
    EDGE_ALONE_KNOWS_LAMBDA_AND_JSON.check(MAIN);
    EDGE_KNOWS_NO_OTHER_VENDOR.check(MAIN);
  }

  @Test
  void hasNoCyclesOfPackages() {
    slices().matching("dev.stile.(*)..").should().beFreeOfCycles().check(MAIN);
    slices().matching("dev.stile.(**)").should().beFreeOfCycles().check(MAIN);
  }

  /// Factor kinds never know each other.
  @Test
  void keepsTheKindsOfFactorsApart() {
    slices().matching("dev.stile.factor.(*)..").should().notDependOnEachOther().check(MAIN);
    noClasses()
        .that()
        .resideInAPackage("dev.stile.factor")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.stile.factor.(*)..")
        .check(MAIN);
  }

  @Test
  void takesTimeAndChanceFromItsConstructors() {
    TIME_CHANCE_AND_SURROUNDINGS_ARE_GIVEN.check(MAIN);
  }

  @Test
  void writesLinesInOnePlace() {
    ONE_PLACE_WRITES_LINES.check(MAIN);
  }

  @Tag("R31")
  @Test
  void comparesSecretsInConstantTime() {
    SECRETS_ARE_COMPARED_IN_CONSTANT_TIME.check(MAIN);
  }

  /// The rules, held to classes that break them.
  @Nested
  class OfTheRules {
    @Test
    void noneLetsItsOffenderPass() {
      assertFinds(TIME_CHANCE_AND_SURROUNDINGS_ARE_GIVEN, Ambient.class, 7);
      assertFinds(ONE_PLACE_WRITES_LINES, Printer.class, 3);
      assertFinds(SECRETS_ARE_COMPARED_IN_CONSTANT_TIME, Comparer.class, 3);
      assertFinds(DOMAIN_KNOWS_NO_VENDOR, Printer.Vendor.class, 1);
      assertFinds(EDGE_ALONE_KNOWS_LAMBDA_AND_JSON, Printer.Vendor.class, 1);
    }

    @Test
    void noneBlamesTheInnocent() {
      JavaClasses innocent = new ClassFileImporter().importClasses(Innocent.class);
      TIME_CHANCE_AND_SURROUNDINGS_ARE_GIVEN.check(innocent);
      ONE_PLACE_WRITES_LINES.check(innocent);
      SECRETS_ARE_COMPARED_IN_CONSTANT_TIME.check(innocent);
    }

    private static void assertFinds(ArchRule rule, Class<?> offender, int atLeast) {
      var result = rule.evaluate(new ClassFileImporter().importClasses(offender));
      assertThat(result.getFailureReport().getDetails())
          .as(rule.getDescription())
          .hasSizeGreaterThanOrEqualTo(atLeast);
    }
  }

  static final class Ambient {
    final Supplier<Instant> byReference = Instant::now;
    final Clock clock = Clock.systemUTC();
    final SecureRandom random = new SecureRandom();

    Object[] all() {
      return new Object[] {
        Instant.now(clock),
        System.currentTimeMillis(),
        System.getenv("A"),
        Math.random(),
        UUID.randomUUID()
      };
    }
  }

  static final class Printer {
    private final Logger logger = Logger.getLogger("a");

    void print(Exception e) {
      System.out.println("a");
      logger.info("a");
      e.printStackTrace();
    }

    static final class Vendor {
      final JsonToken token = JsonToken.VALUE_NULL;
    }
  }

  static final class Comparer {
    boolean code(Code code, String typed) {
      return code.reveal().equals(typed);
    }

    boolean secret(Secret secret, byte[] bytes) {
      return Arrays.equals(secret.reveal(), bytes);
    }

    boolean object(Code code, Object typed) {
      return Objects.equals(code.reveal(), typed);
    }
  }

  static final class Innocent {
    boolean compare(Secret secret, Secret other, Clock clock, String text) {
      return secret.equals(other) && clock.instant().equals(Instant.EPOCH) && text.equals("a");
    }
  }
}
