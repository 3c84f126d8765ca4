package dev.stile.lambda.relay;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.edge.StreamEdge;
import jakarta.inject.Inject;

/// The Lambda function on the table's stream.
public final class RelayHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private final StreamEdge edge;
  private final Tellings tellings;
  private final Tell tell;

  /// On Lambda: the graph is built in the init phase.
  public RelayHandler() {
    this(ProductionSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public RelayHandler(Surroundings surroundings) {
    this(RelayComponent.in(surroundings).handler());
  }

  private RelayHandler(RelayHandler built) {
    this.edge = built.edge;
    this.tellings = built.tellings;
    this.tell = built.tell;
  }

  @Inject
  RelayHandler(StreamEdge edge, Tellings tellings, Tell tell) {
    this.edge = edge;
    this.tellings = tellings;
    this.tell = tell;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return edge.work(event, tellings::of, tell::tell);
  }
}
