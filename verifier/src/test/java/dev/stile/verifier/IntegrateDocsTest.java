package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stile.verifier.Judgement.Reason;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Runs the programs of docs/integrate.md as they stand there, against grants and attacks. What the
/// machine has no runtime for is skipped, and said.
class IntegrateDocsTest {
  private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();
  private static final Pattern PROGRAM = Pattern.compile("(?s)```[a-z]+ (\\S+)\n(.*?)```");

  /// What any of them refuses. Lenient parsers, which some of the libraries have, are theirs to
  /// answer for: they read what the issuer signed, whatever its spelling.
  private static final Set<Reason> REFUSED_EVERYWHERE =
      Set.of(
          Reason.SIGNATURE,
          Reason.ALGORITHM,
          Reason.KEY,
          Reason.TYPE,
          Reason.ISSUER,
          Reason.AUDIENCE,
          Reason.LIFETIME,
          Reason.EXPIRED,
          Reason.SENDER_CONSTRAINED);

  private static final String NODE =
      """
      import { readFileSync } from 'node:fs';
      const { stepUp } = await import(process.argv[2]);
      for (const { name, token, binding } of JSON.parse(readFileSync(process.argv[3])).cases) {
        const asked = { action: 'transfer', acr: ['aal2', 'phr'], maxAge: 300, binding };
        const answer = await stepUp(token, asked).then((c) => c.sub, () => 'refused');
        console.log(`${name}\\t${answer}`);
      }
      """;

  private static final String PYTHON =
      """
      import json, sys
      from stepup import step_up
      for case in json.load(open(sys.argv[1]))["cases"]:
          try:
              answer = step_up(case["token"], "transfer", ["aal2", "phr"], 300, case["binding"])["sub"]
          except Exception:
              answer = "refused"
          print(case["name"] + "\\t" + answer)
      """;

  @TempDir private static Path folder;
  private static Path certificate;
  private static JwksServer server;
  private static Forge forge;
  private final Map<String, String> expected = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Tls tls = Tls.in(folder);
    certificate = tls.pem();
    var keys = new Forge();
    server = new JwksServer(tls.server(), keys.published());
    forge = keys.named(server.issuer()).at(Instant.now().minusSeconds(5));
    Matcher program = PROGRAM.matcher(Files.readString(DOCS.resolve("integrate.md")));
    while (program.find()) {
      Files.writeString(folder.resolve(program.group(1)), program.group(2));
    }
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void checksInNodeWithoutAPackage() throws Exception {
    node("plain.mjs", List.of());
  }

  @Test
  void checksInNodeWithJose() throws Exception {
    node("jose.mjs", List.of("jose"));
  }

  @Test
  void checksInNodeWithAwsJwtVerify() throws Exception {
    node("aws-jwt-verify.mjs", List.of("aws-jwt-verify"));
  }

  private void node(String program, List<String> packages) throws Exception {
    Path modules = DOCS.resolve("integrate/node_modules");
    for (String name : packages) {
      if (!Files.isDirectory(modules.resolve(name))) {
        throw skipped(program + ": `npm ci` in docs/integrate brings its package");
      }
    }
    Path link = folder.resolve("node_modules");
    if (Files.isDirectory(modules) && !Files.exists(link)) {
      Files.createSymbolicLink(link, modules);
    }
    Path driver = Files.writeString(folder.resolve("driver.mjs"), NODE);
    judges("node", List.of(driver.toString(), folder.resolve(program).toString()));
  }

  @Test
  void checksInPythonWithPyJwt() throws Exception {
    Path driver = Files.writeString(folder.resolve("driver.py"), PYTHON);
    for (String python : List.of("python3", "/usr/bin/python3")) {
      if (runs(python, "-c", "import jwt, cryptography; assert jwt.__version__ >= '2.5'")) {
        judges(python, List.of(driver.toString()));
        return;
      }
    }
    throw skipped("stepup.py: no python3 with PyJWT 2.5 or later and cryptography");
  }

  /// What API Gateway asks of a token, it finds in a grant.
  @Test
  void namesToApiGatewayTheScopeOfAGrant() throws IOException, ParseException {
    String shown = Files.readString(folder.resolve("api-gateway.json"));
    assertThat(JSONObjectUtils.parse(shown)).containsOnlyKeys("authorizer", "route");
    assertThat(shown).contains("[" + forge.claims().get("scope") + "]", '"' + Forge.AUDIENCE + '"');
  }

  private void judges(String command, List<String> arguments) throws Exception {
    Path cases = Files.writeString(folder.resolve("cases.json"), cases());
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(arguments);
    line.add(cases.toString());
    Map<String, String> answers = new LinkedHashMap<>();
    for (String answer : run(line).split("\n", -1)) {
      int tab = answer.indexOf('\t');
      if (tab > 0) {
        answers.put(answer.substring(0, tab), answer.substring(tab + 1));
      }
    }
    assertThat(answers.keySet()).isEqualTo(expected.keySet());
    answers.entrySet().removeAll(expected.entrySet());
    assertThat(answers).isEmpty();
  }

  private String cases() {
    List<Map<String, Object>> cases = new ArrayList<>();
    Map<String, String> details =
        Map.of(
            "amount",
            "49.90 \u20ac",
            "payee",
            "\"B\"\\\n",
            "9",
            "a",
            "10",
            "b",
            "\uff5a",
            "c",
            "\ud83d\ude00",
            "d");
    String bound = '"' + BindingHash.of(details).value() + '"';
    long old = Instant.now().getEpochSecond() - 400;
    add(cases, "genuine", "alice", forge.genuine(), Map.of());
    add(cases, "bound", "alice", forge.with("bnd", bound), details);
    add(cases, "bound to nothing", "refused", forge.genuine(), details);
    add(cases, "bound to something", "refused", forge.with("bnd", bound), Map.of());
    add(cases, "lower acr", "refused", forge.with("acr", "\"aal1\""), Map.of());
    add(cases, "older proof", "refused", forge.with("auth_time", "" + old), Map.of());
    add(cases, "other action", "refused", forge.with("action", "\"pay\""), Map.of());
    Attack.all(forge).stream()
        .filter(attack -> REFUSED_EVERYWHERE.contains(attack.expected()))
        .forEach(attack -> add(cases, attack.name(), "refused", attack.token(), Map.of()));
    assertThat(cases).hasSizeGreaterThanOrEqualTo(110);
    return JSONObjectUtils.toJSONString(Map.of("cases", cases));
  }

  private void add(
      List<Map<String, Object>> cases,
      String name,
      String answer,
      String token,
      Map<String, String> binding) {
    String line = "%03d %s".formatted(cases.size(), name.replaceAll("[^ -~]", "?"));
    cases.add(Map.of("name", line, "token", token, "binding", binding));
    expected.put(line, answer);
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("tried").toFile())
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(List<String> command) throws Exception {
    if (!runs(command.getFirst(), "--version")) {
      throw skipped("docs/integrate.md: there is no " + command.getFirst());
    }
    Path output = folder.resolve("output");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile()).redirectOutput(output.toFile());
    builder.environment().put("STILE_ISSUER", server.issuer().toString());
    builder.environment().put("STILE_AUDIENCE", Forge.AUDIENCE);
    builder.environment().put("NODE_EXTRA_CA_CERTS", certificate.toString());
    builder.environment().put("SSL_CERT_FILE", certificate.toString());
    // The issuer is on this machine, whatever stands between it and others.
    builder.environment().put("no_proxy", "localhost");
    Process process = builder.start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String told = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(told).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    return told;
  }

  private static TestAbortedException skipped(String reason) {
    new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
        .println("SKIPPED: " + reason);
    return new TestAbortedException(reason);
  }
}
