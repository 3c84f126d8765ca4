package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server of its own for one test class, its nested classes included; users and destinations that
/// no other test has.
final class RunningStile implements BeforeAllCallback, AfterAllCallback {
  /// What tests type in the place of a code and in other places too.
  private static final Set<String> NO_SECRETS = Set.of();

  private final boolean keeps;
  private final @Nullable String policy;
  private final AtomicInteger users = new AtomicInteger();
  private final Canaries canaries = new Canaries(NO_SECRETS);
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private int classes;
  private @Nullable Path folder;
  private @Nullable Started started;

  RunningStile() {
    this(false, null);
  }

  private RunningStile(boolean keeps, @Nullable String policy) {
    this.keeps = keeps;
    this.policy = policy;
  }

  /// One that keeps its keys where tests can take them.
  static RunningStile withFolder() {
    return new RunningStile(true, null);
  }

  /// The same with a policy file.
  static RunningStile withFolder(String json) {
    return new RunningStile(true, json);
  }

  /// One with a policy file.
  static RunningStile withPolicy(String json) {
    return new RunningStile(false, json);
  }

  /// One that runs elsewhere.
  static RunningStile at(Api api) {
    var elsewhere = new RunningStile();
    elsewhere.started = new Started(null, api, new Time(api));
    return elsewhere;
  }

  private record Started(@Nullable LocalStile stile, Api api, Time time) {}

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (classes++ == 0) {
      Path made = Files.createTempDirectory("stile");
      folder = made;
      Path file = made.resolve("policy.json");
      if (policy != null) {
        Files.writeString(file, policy);
      }
      start(new Options(0, keeps ? made : null, policy == null ? null : file));
    }
  }

  void start(Options options) throws IOException {
    LocalStile stile =
        LocalStile.start(options, new PrintStream(logged, true, StandardCharsets.UTF_8));
    var api = new Api(stile.base(), canaries);
    started = new Started(stile, api, new Time(api));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (--classes == 0) {
      if (started != null && started.stile() != null) {
        try {
          lookForCanaries(context.getDisplayName(), started.stile());
        } finally {
          started.stile().close();
        }
      }
      try (Stream<Path> files = Files.walk(folder())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void lookForCanaries(String tests, LocalStile stile) {
    stile.stopPollers();
    Map<String, List<String>> sinks = new Sinks(stile.engines()).all();
    sinks.put("the log", log());
    List<String> sightings = canaries.sightings(sinks);
    System.out.printf(
        "%s: %,d secrets, %,d with those before, seen nowhere but: %s%n",
        tests, canaries.size(), Canaries.inAll(), sightings);
    assertThat(sightings).isEmpty();
  }

  /// Where its keys are.
  Path folder() {
    return Objects.requireNonNull(folder, "the server is not started");
  }

  private Started started() {
    return Objects.requireNonNull(started, "the server is not started");
  }

  LocalStile server() {
    return Objects.requireNonNull(started().stile(), "the server runs elsewhere");
  }

  Api api() {
    return started().api();
  }

  Time time() {
    return started().time();
  }

  /// What the functions logged so far.
  List<String> log() {
    return logged.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /// Somebody new, logged in just now.
  User user() {
    return new User(this, "user-" + users.incrementAndGet()).signIn();
  }

  /// A mobile number that nobody has yet.
  String number() {
    return String.format(Locale.ROOT, "+4179%07d", 1_000_000 + users.incrementAndGet());
  }

  String address() {
    return "user" + users.incrementAndGet() + "@example.org";
  }
}
