package dev.stile.lambda.enroll;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.snapshot.Snapshot;
import dev.stile.edge.QueueEdge;
import dev.stile.message.Fact;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/// The Lambda function that takes note of what verdicts did to factors.
public final class FactorEventsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Supplier<Work> work;

  /// On Lambda: the graph is built in the init phase, and anew after a restore.
  public FactorEventsHandler() {
    this.work = Snapshot.of(FactorEventsHandler::in);
  }

  /// Anywhere else.
  public FactorEventsHandler(Surroundings surroundings) {
    Work built = in(surroundings);
    this.work = () -> built;
  }

  private static Work in(Surroundings surroundings) {
    return FactorEventsComponent.in(surroundings).work();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return work.get().on(event);
  }

  /// What the graph is built for.
  static final class Work {
    private final QueueEdge edge;
    private final NoteFactorEvent noteFactorEvent;

    @Inject
    Work(QueueEdge edge, NoteFactorEvent noteFactorEvent) {
      this.edge = edge;
      this.noteFactorEvent = noteFactorEvent;
    }

    SQSBatchResponse on(SQSEvent event) {
      return edge.work(event, Fact.class, noteFactorEvent::note);
    }
  }
}
