package dev.stile.lambda.verify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.edge.HttpEdge;
import dev.stile.edge.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;

/// The Lambda function that judges answers and issues grants.
public final class VerifyHandler implements RequestStreamHandler {
  private final HttpEdge edge;
  private final Router router;

  /// On Lambda: the graph is built in the init phase.
  public VerifyHandler() {
    this(ProductionSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public VerifyHandler(Surroundings surroundings) {
    this(VerifyComponent.in(surroundings).handler());
  }

  private VerifyHandler(VerifyHandler built) {
    this.edge = built.edge;
    this.router = built.router;
  }

  @Inject
  VerifyHandler(HttpEdge edge, VerifyHttp http, GrantsHttp grants) {
    this.edge = edge;
    this.router = http.router().and(grants.router());
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    edge.answer(in, out, router);
  }

  /// The route keys that the gateway sends here.
  public Set<String> routes() {
    return router.keys();
  }
}
