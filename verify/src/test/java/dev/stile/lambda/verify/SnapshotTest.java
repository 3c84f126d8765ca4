package dev.stile.lambda.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.engines.FunctionProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The function as SnapStart starts it, stopped at the moment at which the snapshot is taken: the
/// collector walks all that is reachable and counts it by class. No service can be reached, so that
/// what the function learned before, it learned without a network.
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux")
class SnapshotTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NOWHERE = "http://127.0.0.1:1";

  /// What must not be in a snapshot, by the names of classes.
  private static final Set<String> FORBIDDEN =
      Set.of(
          "dev.stile.key.Secret",
          "dev.stile.token.SigningKeys$SigningKey",
          "dev.stile.key.RandomIds",
          "javax.crypto.spec.SecretKeySpec",
          "javax.crypto.Mac",
          "javax.crypto.Cipher",
          "java.time.Instant",
          "sun.security.provider.DRBG",
          "sun.security.provider.SecureRandom",
          "sun.security.ec.ECPrivateKeyImpl",
          "sun.security.rsa.RSAPrivateCrtKeyImpl",
          "software.amazon.awssdk.http.crt.AwsCrtHttpClient");

  /// The same by the end of their names: clients, credentials and who provides them, and keys.
  private static final Pattern FORBIDDEN_KINDS =
      Pattern.compile(
          "software\\.amazon\\.awssdk\\.services\\..*Client"
              + "|software\\.amazon\\.awssdk\\.auth\\.credentials\\..*(Credentials|Provider)"
              + "|dev\\.stile\\..*Keys");

  /// What libraries and the JDK keep for themselves: the constants of Instant, the anonymous
  /// credentials, the digest by which the SDK signs, keyed by the rehearsal and by nothing else,
  /// and the one generator of the JDK, which mixes in what the kernel gives at each draw.
  private static final Map<String, Long> CONSTANTS =
      Map.of(
          "java.time.Instant", 3L,
          "sun.security.provider.SecureRandom", 1L,
          "javax.crypto.Mac", 1L,
          "software.amazon.awssdk.auth.credentials.AwsBasicCredentials", 1L);

  @TempDir private Path folder;

  @Test
  @Tag("R35")
  @Tag("A36")
  void holdsNoSecretNoClientAndNoMoment() throws IOException, InterruptedException {
    Files.write(folder.resolve("policy.json"), policy());
    try (var function = FunctionProcess.start(launch())) {
      function.awaitSnapshot(PATIENCE);
      assertThat(function.output()).doesNotContain("rehearsal");
      Map<String, Long> live = live(function.pid());
      // Else it was not looked at after a rehearsal.
      assertThat(live).containsKey("com.webauthn4j.data.client.ClientDataType");
      assertThat(live.keySet())
          .filteredOn(SnapshotTest::isForbidden)
          .allSatisfy(name -> assertThat(live.get(name)).isEqualTo(CONSTANTS.get(name)));

      function.restore();
      byte[] answer = function.invoke(event(), PATIENCE);
      assertThat(new String(answer, StandardCharsets.UTF_8)).contains("\"statusCode\":404");
    }
  }

  private static boolean isForbidden(String name) {
    return FORBIDDEN.contains(name) || FORBIDDEN_KINDS.matcher(name).matches();
  }

  private static byte[] event() {
    return "{\"version\":\"2.0\",\"routeKey\":\"GET /\",\"requestContext\":{\"requestId\":\"r\"}}"
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] policy() throws IOException {
    try (var in = VerifyHandler.class.getResourceAsStream("rehearsal.txt")) {
      String first =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().get();
      return first.substring("policy ".length()).getBytes(StandardCharsets.UTF_8);
    }
  }

  private FunctionProcess.Launch launch() {
    return new FunctionProcess.Launch(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .filter(path -> !path.endsWith("test-classes"))
            .toList(),
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"),
        VerifyHandler.class.getName() + "::handleRequest",
        Map.of(
            "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "TEST",
            "AWS_SECRET_ACCESS_KEY", "test",
            "AWS_ENDPOINT_URL_DYNAMODB", NOWHERE,
            "AWS_ENDPOINT_URL_KMS", NOWHERE,
            "STILE_ISSUER", "https://stile.example",
            "STILE_TABLE", "stile",
            "STILE_KMS_KEY", "arn:aws:kms:eu-central-1:000000000000:key/test",
            "STILE_POLICY", folder.resolve("policy.json").toString()));
  }

  /// How many of each class there are after a collection.
  private Map<String, Long> live(long pid) throws IOException, InterruptedException {
    Path histogram = folder.resolve("histogram");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectOutput(histogram.toFile())
            .start();
    assertThat(jcmd.waitFor()).isZero();
    Map<String, Long> live = new TreeMap<>();
    for (String line : Files.readAllLines(histogram)) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length >= 4 && columns[0].endsWith(":")) {
        live.put(columns[3], Long.parseLong(columns[1]));
      }
    }
    return live;
  }
}
