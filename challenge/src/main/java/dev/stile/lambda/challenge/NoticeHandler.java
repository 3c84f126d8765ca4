package dev.stile.lambda.challenge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.snapshot.Snapshot;
import dev.stile.edge.QueueEdge;
import dev.stile.message.Fact.NoticeDue;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/// The Lambda function that tells subjects what has changed.
public final class NoticeHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Supplier<Work> work;

  /// On Lambda: the graph is built in the init phase, and anew after a restore.
  public NoticeHandler() {
    this.work = Snapshot.of(NoticeHandler::in);
  }

  /// Anywhere else.
  public NoticeHandler(Surroundings surroundings) {
    Work built = in(surroundings);
    this.work = () -> built;
  }

  private static Work in(Surroundings surroundings) {
    return NoticeComponent.in(surroundings).work();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return work.get().on(event);
  }

  /// What the graph is built for.
  static final class Work {
    private final QueueEdge edge;
    private final DeliverNotice deliverNotice;

    @Inject
    Work(QueueEdge edge, DeliverNotice deliverNotice) {
      this.edge = edge;
      this.deliverNotice = deliverNotice;
    }

    SQSBatchResponse on(SQSEvent event) {
      return edge.work(event, NoticeDue.class, deliverNotice::deliver);
    }
  }
}
