package dev.stile.lambda.enroll;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.edge.QueueEdge;
import dev.stile.message.Fact;
import jakarta.inject.Inject;

/// The Lambda function that takes note of what verdicts did to factors.
public final class FactorEventsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final QueueEdge edge;
  private final NoteFactorEvent noteFactorEvent;

  /// On Lambda: the graph is built in the init phase.
  public FactorEventsHandler() {
    this(ProductionSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public FactorEventsHandler(Surroundings surroundings) {
    this(FactorEventsComponent.in(surroundings).handler());
  }

  private FactorEventsHandler(FactorEventsHandler built) {
    this.edge = built.edge;
    this.noteFactorEvent = built.noteFactorEvent;
  }

  @Inject
  FactorEventsHandler(QueueEdge edge, NoteFactorEvent noteFactorEvent) {
    this.edge = edge;
    this.noteFactorEvent = noteFactorEvent;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return edge.work(event, Fact.class, noteFactorEvent::note);
  }
}
