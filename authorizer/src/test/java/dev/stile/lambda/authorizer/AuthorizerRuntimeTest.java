package dev.stile.lambda.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.nimbusds.jose.JWSObject;
import dev.stile.edge.PolicyReader;
import dev.stile.engines.EngineFailure;
import dev.stile.engines.FunctionProcess;
import dev.stile.verifier.Forge;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.JwksServer;
import dev.stile.verifier.Tls;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.annotations.SdkInternalApi;
import tools.jackson.core.JsonParser;

/// The function as Lambda starts it: through the real runtime interface client, in a process of its
/// own, with nothing on its class path but what its zip holds, over TLS to the issuer's keys.
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux")
class AuthorizerRuntimeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HANDLER = AuthorizerHandler.class.getName() + "::handleRequest";

  @TempDir private static Path folder;
  private static Tls tls;
  private static JwksServer server;
  private static Forge forge;
  private static FunctionProcess function;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Files.write(folder.resolve("policy.json"), resource("policy.json"));
    tls = Tls.in(folder);
    Forge keys = new Forge();
    server = new JwksServer(tls.server(), keys.published());
    forge = keys.named(server.issuer()).at(Instant.now());
    function = FunctionProcess.start(launch(server.issuer().toString()));
  }

  @AfterAll
  static void close() {
    function.close();
    server.close();
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = AuthorizerRuntimeTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static FunctionProcess.Launch launch(String issuer) {
    return new FunctionProcess.Launch(
        classPath(),
        Stream.concat(tls.trust().stream(), Stream.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"))
            .toList(),
        HANDLER,
        Map.of(
            "STILE_ISSUER",
            issuer,
            "STILE_AUDIENCE",
            "payments",
            "STILE_POLICY",
            folder.resolve("policy.json").toString()));
  }

  /// The closure: its own classes, the verifier with nimbus, the policy with the JSON parser, and
  /// Lambda's interfaces; then the runtime interface client, which Lambda has.
  private static List<Path> classPath() {
    return Stream.of(
            AuthorizerHandler.class,
            GrantVerifier.class,
            JWSObject.class,
            PolicyReader.class,
            JsonParser.class,
            RequestHandler.class,
            AWSLambda.class,
            PojoSerializer.class,
            SdkInternalApi.class,
            software.amazon.awssdk.utilslite.SdkInternalThreadLocal.class)
        .map(AuthorizerRuntimeTest::place)
        .distinct()
        .toList();
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Answer ask(Kind kind, String path, String token) throws InterruptedException {
    String event = kind.event("POST", path, "Bearer " + token);
    return Answer.of(function.invoke(event.getBytes(StandardCharsets.UTF_8), PATIENCE));
  }

  @ParameterizedTest
  @EnumSource
  void answersEachKindOfEvent(Kind kind) throws InterruptedException, IOException {
    Answer good = ask(kind, "/transfers", forge.genuine());
    assertThat(good.passes()).as(function.output()).isTrue();
    assertThat(good.context()).containsEntry("sub", "alice");
    assertThat(ask(kind, "/transfers", forge.with("aud", "\"other\"")).denies(kind)).isTrue();
    assertThat(ask(kind, "/transfers/", forge.genuine()).denies(kind)).isTrue();
    assertThat(ask(kind, "/transfers", TestTokens.primary()).denies(kind)).isTrue();
    assertThat(ask(kind, "/guarded", TestTokens.primary()).passes())
        .isEqualTo(kind == Kind.HTTP_API);
    assertThat(server.requests()).isEqualTo(1);
    assertThat(function.output()).doesNotContain(forge.genuine()).contains("\"decision\"");
  }

  @Test
  void doesNotStartWithoutAnHttpsIssuer() throws InterruptedException {
    try (var other = FunctionProcess.start(launch("http://127.0.0.1:1"))) {
      assertThatExceptionOfType(EngineFailure.class)
          .isThrownBy(() -> other.invoke(new byte[] {'{', '}'}, PATIENCE))
          .withMessageContaining("STILE_ISSUER is not an https address");
    }
  }
}
