package dev.stile.aws.snapshot;

import dev.stile.assurance.Policy;
import dev.stile.aws.OpenClients;
import dev.stile.aws.runtime.RehearsalSurroundings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.edge.PolicyReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a function did once, over the embedded engines, for somebody who never was: its events, and
/// what AWS answered to the calls that it made. Played to the same function over a wire that gives
/// the same answers, it goes all the way of each kind of factor, and touches no network and no
/// table. The keys in it are of no deployment.
///
/// The form is lines: a word, a space, and its value.
public final class Rehearsal {
  public static final String RESOURCE = "rehearsal.txt";

  private final Policy policy;
  private final Map<String, String> variables;
  private final List<Step> steps;

  private Rehearsal(Policy policy, Map<String, String> variables, List<Step> steps) {
    this.policy = policy;
    this.variables = Map.copyOf(variables);
    this.steps = List.copyOf(steps);
  }

  /// How an event is given to a function.
  @FunctionalInterface
  public interface Entry<F> {
    void answer(F function, InputStream in, OutputStream out) throws IOException;
  }

  /// What happened when: an event, the answers of AWS to it in their order, and what the function's
  /// own answer has to contain.
  public record Step(Instant at, String event, List<String> answers, String expected) {
    public Step {
      answers = List.copyOf(answers);
    }
  }

  public static Rehearsal beside(Class<?> handler) {
    try (InputStream in = handler.getResourceAsStream(RESOURCE)) {
      return of(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Rehearsal of(String text) {
    @Nullable Policy policy = null;
    Map<String, String> variables = new HashMap<>();
    List<Step> steps = new ArrayList<>();
    Instant at = Instant.EPOCH;
    String event = "";
    List<String> answers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      String value = line.substring(space + 1);
      switch (line.substring(0, space)) {
        case "policy" -> policy = PolicyReader.read(value.getBytes(StandardCharsets.UTF_8));
        case "variable" -> {
          int equals = value.indexOf('=');
          variables.put(value.substring(0, equals), value.substring(equals + 1));
        }
        case "at" -> at = Instant.parse(value);
        case "event" -> event = value;
        case "answer" -> answers.add(value);
        case "expect" -> {
          steps.add(new Step(at, event, answers, value));
          answers.clear();
        }
        default -> throw new IllegalArgumentException("a rehearsal has no " + line);
      }
    }
    return new Rehearsal(Objects.requireNonNull(policy), variables, steps);
  }

  public List<Step> steps() {
    return steps;
  }

  /// @throws IllegalStateException at the first step that ends in another way than it did
  public <F> void play(Function<Surroundings, F> build, Entry<F> entry) {
    try (Cast<F> cast = cast(build, entry)) {
      steps.forEach(cast::play);
    }
  }

  /// A function that plays whichever steps it is told to.
  public <F> Cast<F> cast(Function<Surroundings, F> build, Entry<F> entry) {
    var wire = new RecordedWire();
    var clock = new RehearsalClock();
    RehearsalSurroundings surroundings = RehearsalSurroundings.of(variables, policy, clock, wire);
    return new Cast<>(build.apply(surroundings), entry, wire, clock, surroundings.openClients());
  }

  /// A function on its stage.
  public record Cast<F>(
      F function, Entry<F> entry, RecordedWire wire, RehearsalClock clock, OpenClients clients)
      implements AutoCloseable {

    public void play(Step step) {
      clock.set(step.at());
      wire.give(step.answers());
      String answer = answer(step.event());
      if (!answer.contains(step.expected()) || !wire.isDone()) {
        throw new IllegalStateException("not " + step.expected() + " but " + answer);
      }
    }

    private String answer(String event) {
      var out = new ByteArrayOutputStream();
      try {
        entry.answer(
            function, new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      clients.close();
    }
  }
}
