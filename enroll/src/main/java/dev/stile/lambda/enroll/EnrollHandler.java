package dev.stile.lambda.enroll;

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

/// The Lambda function that answers for factors.
public final class EnrollHandler implements RequestStreamHandler {
  private final HttpEdge edge;
  private final Router router;

  /// On Lambda: the graph is built in the init phase.
  public EnrollHandler() {
    this(ProductionSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public EnrollHandler(Surroundings surroundings) {
    this(EnrollComponent.in(surroundings).handler());
  }

  private EnrollHandler(EnrollHandler built) {
    this.edge = built.edge;
    this.router = built.router;
  }

  @Inject
  EnrollHandler(HttpEdge edge, EnrollHttp http, RecoveryHttp recovery, ReadAudit audit) {
    this.edge = edge;
    this.router = http.router().and(recovery.router()).and(audit.router());
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
