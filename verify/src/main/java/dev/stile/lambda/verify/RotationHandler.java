package dev.stile.lambda.verify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.stile.assurance.Policies;
import dev.stile.audit.Log;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.snapshot.Snapshot;
import dev.stile.edge.Json;
import dev.stile.edge.JsonObject;
import dev.stile.edge.JsonText;
import dev.stile.edge.KeysView;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.token.KeyRegister;
import dev.stile.token.KeyRotation;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The Lambda function that moves the signing keys on, by a schedule and when asked: `{"rotate":
/// true}` publishes a successor before it is due, `{"withdraw": "<kid>"}` ends a key from now on.
/// Answers with all keys. It makes keys and opens none.
public final class RotationHandler implements RequestStreamHandler {
  private final Supplier<Work> work;

  /// On Lambda: the graph is built in the init phase, and anew after a restore.
  public RotationHandler() {
    this.work = Snapshot.of(RotationHandler::in);
  }

  /// Anywhere else.
  public RotationHandler(Surroundings surroundings) {
    Work built = in(surroundings);
    this.work = () -> built;
  }

  private static Work in(Surroundings surroundings) {
    return RotationComponent.in(surroundings).work();
  }

  /// A schedule's own members mean nothing here.
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Map<String, Object> keys = work.get().rotate(Json.object(in.readAllBytes()));
    out.write(JsonText.of(keys).getBytes(StandardCharsets.UTF_8));
  }

  /// What the graph is built for.
  static final class Work {
    private final KeyRotation rotation;
    private final Policies policies;
    private final Clock clock;
    private final Log log;

    @Inject
    Work(KeyRotation rotation, Policies policies, Clock clock, Log log) {
      this.rotation = rotation;
      this.policies = policies;
      this.clock = clock;
      this.log = log;
    }

    Map<String, Object> rotate(JsonObject asked) {
      List<KeyRegister> before = rotation.read();
      Optional<String> withdrawn = asked.optionalText("withdraw");
      if (withdrawn.isPresent()) {
        withdraw(withdrawn.get());
      } else if (asked.flag("rotate").orElse(false)) {
        policies.current().signing().forEach(rotation::now);
      } else {
        policies.current().signing().forEach(rotation::ifDue);
      }
      List<KeyRegister> after = rotation.read();
      Instant now = clock.instant();
      Map<String, Object> keys = KeysView.of(after, now);
      if (!after.equals(before)) {
        log.line(Map.of("time", now, "signing_keys", keys));
      }
      return keys;
    }

    private void withdraw(String kid) {
      if (rotation.withdraw(kid).isEmpty()) {
        throw Problem.of(ProblemCode.NOT_FOUND).asException();
      }
    }
  }
}
