package dev.stile.lambda.challenge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.edge.QueueEdge;
import dev.stile.message.Fact.NoticeDue;
import jakarta.inject.Inject;

/// The Lambda function that tells subjects what has changed.
public final class NoticeHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final QueueEdge edge;
  private final DeliverNotice deliverNotice;

  /// On Lambda: the graph is built in the init phase.
  public NoticeHandler() {
    this(ProductionSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public NoticeHandler(Surroundings surroundings) {
    this(NoticeComponent.in(surroundings).handler());
  }

  private NoticeHandler(NoticeHandler built) {
    this.edge = built.edge;
    this.deliverNotice = built.deliverNotice;
  }

  @Inject
  NoticeHandler(QueueEdge edge, DeliverNotice deliverNotice) {
    this.edge = edge;
    this.deliverNotice = deliverNotice;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return edge.work(event, NoticeDue.class, deliverNotice::deliver);
  }
}
