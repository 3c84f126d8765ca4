package dev.stile.lambda.relay;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.snapshot.Snapshot;
import dev.stile.edge.StreamEdge;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/// The Lambda function on the table's stream.
public final class RelayHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private final Supplier<Work> work;

  /// On Lambda: the graph is built in the init phase, and anew after a restore.
  public RelayHandler() {
    this.work = Snapshot.of(RelayHandler::in);
  }

  /// Anywhere else.
  public RelayHandler(Surroundings surroundings) {
    Work built = in(surroundings);
    this.work = () -> built;
  }

  private static Work in(Surroundings surroundings) {
    return RelayComponent.in(surroundings).work();
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return work.get().on(event);
  }

  /// What the graph is built for.
  static final class Work {
    private final StreamEdge edge;
    private final Tellings tellings;
    private final Tell tell;

    @Inject
    Work(StreamEdge edge, Tellings tellings, Tell tell) {
      this.edge = edge;
      this.tellings = tellings;
      this.tell = tell;
    }

    StreamsEventResponse on(DynamodbEvent event) {
      return edge.work(event, tellings::of, tell::tell);
    }
  }
}
