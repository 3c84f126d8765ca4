package dev.stile.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is in the zips, and what is not.
class ZipsTest {
  private static final LocalDateTime FIXED = LocalDateTime.of(2026, 1, 1, 0, 0);

  @TempDir private static Path folder;
  private static final Map<Zip, Unpacked> UNPACKED = new LinkedHashMap<>();
  private static References references;

  @BeforeAll
  static void unpack() throws IOException {
    for (Zip zip : zips()) {
      UNPACKED.put(zip, Unpacked.in(zip.unpack(folder.resolve(zip.name()))));
    }
    references = References.of(UNPACKED.values());
  }

  static List<Zip> zips() {
    return Zip.all();
  }

  @ParameterizedTest
  @MethodSource("zips")
  void holdJarsInLibAndThePolicyBesideThem(Zip zip) {
    assertThat(zip.entries())
        .extracting(ZipEntry::getName)
        .allMatch(name -> name.matches("lib/([\\w.-]+\\.jar)?|policy\\.json"))
        .doesNotHaveDuplicates();
  }

  /// Nothing in them tells when they were built.
  @ParameterizedTest
  @MethodSource("zips")
  void areOfOneTime(Zip zip) {
    assertThat(zip.entries()).extracting(ZipEntry::getTimeLocal).containsOnly(FIXED);
  }

  @ParameterizedTest
  @MethodSource("zips")
  void holdAllThatTheirFunctionsReferTo(Zip zip) {
    assertThat(references.missing(zip, unpacked(zip))).isEmpty();
  }

  @Test
  void wouldLackTheLibraryThatAFunctionRefersTo() {
    Zip enroll = Zip.of("enroll");
    Unpacked without = unpacked(enroll).without("libphonenumber-");
    assertThat(references.missing(enroll, without))
        .anyMatch(line -> line.contains("LibPhoneNumbers") && line.contains("com.google.i18n"));
  }

  @ParameterizedTest
  @MethodSource("zips")
  void holdNothingThatRunsOnlyLocallyOrInTests(Zip zip) {
    assertThat(unpacked(zip).classes())
        .noneMatch(name -> name.startsWith("dev.stile.local."))
        .noneMatch(name -> name.startsWith("dev.stile.engines."))
        .noneMatch(name -> name.startsWith("software.amazon.dynamodb.services.local."))
        .noneMatch(name -> name.startsWith("org.junit."));
  }

  @ParameterizedTest
  @MethodSource("zips")
  void haveOneHttpClientForOnePlatform(Zip zip) {
    assertThat(zip.jars())
        .noneMatch(jar -> jar.matches("(netty|apache|apache5|url-connection|httpclient).*"));
    assertThat(zip.jars().stream().filter(jar -> jar.matches("aws-crt-\\d.*")))
        .hasSize(zip.name().equals("authorizer") ? 0 : 1)
        .allMatch(jar ->
            jar.endsWith(Zip.ARCHITECTURE.equals("arm64") ? "-aarch_64.jar" : "-x86_64.jar"));
  }

  @Test
  void giveTheTriggersNoKeyAndNoQueue() {
    assertThat(unpacked(Zip.of("cognito")).classes())
        .noneMatch(name -> name.startsWith("software.amazon.awssdk.services.kms."))
        .noneMatch(name -> name.startsWith("software.amazon.awssdk.services.sqs."))
        .noneMatch(name -> name.startsWith("com.nimbusds."));
  }

  @Test
  void giveTheAuthorizerNoAccessToTheAccount() {
    assertThat(unpacked(Zip.of("authorizer")).classes())
        .noneMatch(name -> name.startsWith("software.amazon."))
        .noneMatch(name -> name.startsWith("dev.stile.aws."));
  }

  @ParameterizedTest
  @MethodSource("zips")
  void areToldJarByJarInTheirBillsOfMaterials(Zip zip) throws IOException {
    assumeThat(System.getProperty("maven"))
        .as("bills of materials are not made offline")
        .isNotEqualTo("offline: true");
    JsonNode bill = new ObjectMapper().readTree(zip.billOfMaterials().toFile());
    assertThat(bill.path("specVersion").asText()).isEqualTo("1.6");
    Map<String, String> told = new HashMap<>();
    for (JsonNode component : bill.path("components")) {
      for (JsonNode hash : component.path("hashes")) {
        if (hash.path("alg").asText().equals("SHA-256")) {
          told.put(component.path("purl").asText(), hash.path("content").asText());
        }
      }
    }
    assertThat(told.values()).containsExactlyInAnyOrderElementsOf(unpacked(zip).sha256());
    assertThat(told.keySet())
        .as("pinned")
        .allMatch(purl -> purl.contains("/dev.stile/") || !purl.contains("SNAPSHOT"));
  }

  /// Each is held to its zip by one file, so that no role has a key that its function never asks
  /// for, and none lacks one.
  @Test
  void useTheKeysThatTheirRolesHave() throws IOException {
    for (Deployed function : Deployed.functions().values()) {
      assertThat(Set.copyOf(function.keys()))
          .as(function.handler())
          .isEqualTo(ComponentSource.of(function).keys());
    }
  }

  @Test
  void areListedInTheDocumentation() throws IOException {
    new Closures(UNPACKED).hold();
  }

  private static Unpacked unpacked(Zip zip) {
    return Objects.requireNonNull(UNPACKED.get(zip));
  }
}
