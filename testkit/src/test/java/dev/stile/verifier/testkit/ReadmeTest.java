package dev.stile.verifier.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.verifier.Judgement;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compiles and runs what the verifier's README shows.
class ReadmeTest {
  private static final Path README = Path.of("../verifier/README.md");
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
  private static final String IMPORTS =
      """
      import dev.stile.verifier.*;
      import dev.stile.verifier.Judgement.*;
      import dev.stile.verifier.testkit.*;
      import java.net.URI;
      import java.time.*;
      import java.util.*;
      import static dev.stile.verifier.Grants.require;
      """;

  @TempDir private Path folder;

  /// The example under this heading, statements only.
  private static String example(String heading) throws IOException {
    String readme = Files.readString(README);
    Matcher block = JAVA.matcher(readme.substring(readme.indexOf(heading)));
    assertThat(block.find()).isTrue();
    return block.group(1).replaceAll("(?m)^import .*$", "");
  }

  @Test
  void runsTheExampleOfAUnitTest() throws IOException, ReflectiveOperationException {
    Class<?> example =
        compiled(
            """
            public final class Example {
              public static List<Judgement> run(Clock clock, Map<String, String> details) {
                %s
                Requirement transfer = require("transfer");
                return List.of(
                    verifier.judge(good, transfer.acr("aal2").binding(details)),
                    verifier.judge(stale, transfer.maxAge(Duration.ofMinutes(5))),
                    verifier.judge(forged, transfer));
              }
            }
            """
                .formatted(example("## Your unit tests")));
    Clock clock = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);
    Object judged =
        example
            .getMethod("run", Clock.class, Map.class)
            .invoke(null, clock, Map.of("amount", "10"));
    assertThat((List<?>) judged)
        .extracting(Object::getClass)
        .containsExactly(
            (Class) Judgement.Accepted.class,
            Judgement.Insufficient.class,
            Judgement.Refused.class);
  }

  /// With a service that writes down what it did, and no token.
  @Test
  void runsTheExampleOfAService() throws IOException, ReflectiveOperationException {
    Class<?> example =
        compiled(
            """
            public final class Example {
              private static String answered = "";
              public static String run(String token) {
                String amount = "10";
                String payee = "Bob";
                %s
                return answered;
              }
              private static void pay(VerifiedGrant grant, String amount, String payee) {
                answered = "paid";
              }
              private static void answer(int status, String... challenge) {
                answered = status + " " + String.join("", challenge);
              }
            }
            """
                .formatted(example("# stile-verifier")));
    Object answered = example.getMethod("run", String.class).invoke(null, "x");
    assertThat(answered).isEqualTo("401 Bearer error=\"invalid_token\"");
  }

  private Class<?> compiled(String source) throws IOException, ClassNotFoundException {
    Path file = folder.resolve("Example.java");
    Files.writeString(file, IMPORTS + source);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                file.toString());
    assertThat(result).isZero();
    var loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    return loader.loadClass("Example");
  }
}
