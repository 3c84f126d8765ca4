package dev.stile.bench;

import dev.stile.aws.snapshot.Rehearsal;
import dev.stile.aws.snapshot.Rehearsal.Step;
import dev.stile.bench.Trial.From;
import dev.stile.bench.Trial.Took;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.TotpParameters;
import dev.stile.key.Base32;
import dev.stile.key.Secret;
import dev.stile.lambda.verify.VerifyHandler;
import dev.stile.vendor.totp.GoogleAuthHotp;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `verify` as a whole process, beside a handler that does nothing: from its start to its first
/// approval of an app's code. Rounds are interleaved, and ratios are those within a round.
final class Cold {
  private static final Pattern CHALLENGE = Pattern.compile("\"challenge_id\":\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("\\d{6}(?=\\\\\"\\})");
  private static final Pattern POLICY = Pattern.compile("policy (.*)");
  private static final int WARM_CALLS = 3_000;

  /// What the zip of the function holds, and Lambda's runtime beside it.
  private static final Pattern FUNCTION =
      Pattern.compile(
          "stile-(common|aws|verify|verifier)-[^/]*$|/software/amazon/awssdk/|/tools/jackson/"
              + "|/jackson-annotations|/webauthn4j|/nimbus-jose-jwt/|/googleauth/|/commons-codec/"
              + "|/dagger/|/jakarta\\.inject|/jspecify/|/crac/|/slf4j-api/|/reactive-streams/"
              + "|/kerby|/aws-lambda-java-|/eventstream/|/libphonenumber/|/qrcodegen/"
              + "|/javax\\.inject/");

  private static final Pattern RUNTIME =
      Pattern.compile("/aws-lambda-java-|/software/amazon/awssdk/(utils-lite|annotations)");
  private static final Pattern OWN = Pattern.compile("stile-bench-[^/]*$|bench/target/classes$");

  private final Map<String, String> variables;
  private final Supplier<byte[]> event;
  private final Path folder;

  private Cold(Map<String, String> variables, Supplier<byte[]> event, Path folder) {
    this.variables = Map.copyOf(variables);
    this.event = event;
    this.folder = folder;
  }

  static Findings run(List<String> arguments) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    int at = arguments.indexOf("--rounds");
    int rounds = at < 0 ? 11 : Integer.parseInt(arguments.get(at + 1));
    Rehearsal rehearsal = Rehearsal.beside(VerifyHandler.class);
    Step step =
        rehearsal.steps().stream()
            .filter(one -> one.event().contains("/verify\"") && kind(one) == FactorKind.TOTP)
            .reduce((first, last) -> last)
            .orElseThrow();
    Path folder = Files.createTempDirectory("stile-cold");
    List<Step> steps = new ArrayList<>(rehearsal.steps());
    steps.add(step);
    try (StandIn standIn = StandIn.of(steps)) {
      return new Cold(variables(standIn, folder), () -> event(step), folder).measure(rounds);
    }
  }

  private static FactorKind kind(Step step) {
    Matcher id = CHALLENGE.matcher(step.event());
    if (!id.find()) {
      throw new IllegalStateException("not a verification");
    }
    return new ChallengeId(id.group(1)).kind();
  }

  /// With the code of this moment.
  private static byte[] event(Step step) {
    Secret seed = Secret.of(Base32.UPPER.decode(resource(Cold.class, "app.txt").strip()));
    long now = TotpParameters.USUAL.stepAt(Instant.now());
    String code = new GoogleAuthHotp().digits(seed, TotpParameters.USUAL, now);
    return CODE.matcher(step.event()).replaceFirst(code).getBytes(StandardCharsets.UTF_8);
  }

  private static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> variables(StandIn standIn, Path folder) throws IOException {
    Matcher policy = POLICY.matcher(resource(VerifyHandler.class, Rehearsal.RESOURCE));
    if (!policy.find()) {
      throw new IllegalStateException("no policy");
    }
    Path document = Files.writeString(folder.resolve("policy.json"), policy.group(1));
    return Map.of(
        "AWS_REGION", "eu-central-1",
        "AWS_ACCESS_KEY_ID", "BENCH",
        "AWS_SECRET_ACCESS_KEY", "bench",
        "AWS_ENDPOINT_URL_DYNAMODB", standIn.endpoint().toString(),
        "AWS_ENDPOINT_URL_KMS", standIn.endpoint().toString(),
        "STILE_ISSUER", "https://stile.invalid",
        "STILE_TABLE", "stile",
        "STILE_KMS_KEY", "arn:aws:kms:eu-central-1:000000000000:key/bench",
        "STILE_POLICY", document.toString());
  }

  private List<Trial> trials() throws IOException, InterruptedException {
    List<Path> stile = jars(FUNCTION.asPredicate().or(OWN.asPredicate()));
    List<Path> bare = jars(RUNTIME.asPredicate().or(OWN.asPredicate()));
    String verify = VerifyHandler.class.getName();
    Path cache = folder.resolve("verify.aot");
    new Trial("training", verify, stile, List.of(), From.START).train(cache);
    return List.of(
        new Trial("bare", BareHandler.class.getName(), bare, List.of(), From.START),
        new Trial("verify", verify, stile, List.of(), From.START),
        new Trial("verify, AOT cache", verify, stile, aot(cache), From.START),
        new Trial(
            "restored, unrehearsed",
            UnrehearsedHandler.class.getName(),
            stile,
            List.of(),
            From.RESTORE),
        new Trial("restored, rehearsed", verify, stile, List.of(), From.RESTORE));
  }

  private static List<String> aot(Path cache) {
    return List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
  }

  /// An AOT cache takes jars only, so that the bench's own classes are those that were packaged.
  private static List<Path> jars(Predicate<String> which) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (which.test(entry) && Files.isDirectory(path)) {
        try (var packaged = Files.newDirectoryStream(path.resolve(".."), "stile-bench-*.jar")) {
          packaged.forEach(jar -> jars.add(jar.normalize()));
        }
      } else if (which.test(entry)) {
        jars.add(path);
      }
    }
    return jars;
  }

  private Findings measure(int rounds) throws IOException, InterruptedException {
    List<Trial> trials = trials();
    Map<String, List<Took>> took = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Trial trial : trials) {
        took.computeIfAbsent(trial.name(), any -> new ArrayList<>())
            .add(trial.once(variables, event));
      }
      System.err.printf("\rround %d of %d", round + 1, rounds);
    }
    System.err.println();
    return findings(trials, took);
  }

  private Findings findings(List<Trial> trials, Map<String, List<Took>> took)
      throws IOException, InterruptedException {
    var findings =
        new Findings(
            "time to the first answer / time of a bare handler",
            "process",
            "first answer ms",
            "× bare",
            "CPU ms",
            "resident MB",
            "× bare ",
            "warm call µs");
    findings.note(
        "From the start of the process, or from the restore of a snapshot, to the first approval of"
            + " an app's code, through Lambda's runtime client; DynamoDB and KMS are a stand-in on"
            + " loopback, without TLS, and the class path is what the build resolved, not the zip."
            + " First compiler, serial collector, 400 MB of heap. Medians; ratios are medians of"
            + " those within a round.");
    List<Took> bare = Objects.requireNonNull(took.get("bare"));
    for (Trial trial : trials) {
      List<Took> own = Objects.requireNonNull(took.get(trial.name()));
      double ratio = ratio(own, bare, Took::firstMillis);
      findings.row(
          trial.name(),
          Svg.number(median(own, Took::firstMillis)),
          Svg.number(ratio),
          Svg.number(median(own, Took::cpuMillis)),
          Svg.number(median(own, Took::residentMegabytes)),
          Svg.number(ratio(own, bare, Took::residentMegabytes)),
          Svg.number(trial.warmMicros(variables, event, WARM_CALLS)));
      findings.bar(trial.name(), ratio);
    }
    double primed =
        ratio(
            Objects.requireNonNull(took.get("restored, rehearsed")),
            Objects.requireNonNull(took.get("restored, unrehearsed")),
            Took::firstMillis);
    findings.note("Restored with a rehearsal / without: " + Svg.number(primed) + ".");
    return findings;
  }

  /// One column of what was measured.
  private interface Column {
    double of(Took took);
  }

  private static double median(List<Took> took, Column column) {
    return Medians.of(took.stream().map(column::of).toList());
  }

  private static double ratio(List<Took> own, List<Took> other, Column column) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < own.size(); round++) {
      ratios.add(column.of(own.get(round)) / column.of(other.get(round)));
    }
    return Medians.of(ratios);
  }
}
