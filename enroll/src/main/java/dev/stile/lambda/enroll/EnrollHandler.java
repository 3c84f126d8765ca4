package dev.stile.lambda.enroll;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.snapshot.Snapshot;
import dev.stile.edge.HttpFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.Supplier;

/// The Lambda function that answers for factors.
public final class EnrollHandler implements RequestStreamHandler {
  private final Supplier<HttpFunction> function;

  /// On Lambda: the graph is built in the init phase, and anew after a restore.
  public EnrollHandler() {
    this.function = Snapshot.of(EnrollHandler.class, EnrollHandler::in, HttpFunction::answer);
  }

  /// Anywhere else.
  public EnrollHandler(Surroundings surroundings) {
    HttpFunction built = in(surroundings);
    this.function = () -> built;
  }

  private static HttpFunction in(Surroundings surroundings) {
    return EnrollComponent.in(surroundings).function();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    function.get().answer(in, out);
  }

  /// The route keys that the gateway sends here.
  public Set<String> routes() {
    return function.get().routes();
  }
}
