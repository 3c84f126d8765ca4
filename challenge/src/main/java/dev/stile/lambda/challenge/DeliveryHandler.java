package dev.stile.lambda.challenge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.edge.QueueEdge;
import dev.stile.message.Message.OtpDeliver;
import jakarta.inject.Inject;

/// The Lambda function that sends codes. It and the notice worker alone may send by SNS and SES.
public final class DeliveryHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /// As the queue's redrive policy has it: after so many receives a message goes to the dead-letter
  /// queue.
  public static final int MAX_RECEIVES = 5;

  private final QueueEdge edge;
  private final DeliverCode deliverCode;

  /// On Lambda: the graph is built in the init phase.
  public DeliveryHandler() {
    this(ProductionSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public DeliveryHandler(Surroundings surroundings) {
    this(DeliveryComponent.in(surroundings).handler());
  }

  private DeliveryHandler(DeliveryHandler built) {
    this.edge = built.edge;
    this.deliverCode = built.deliverCode;
  }

  @Inject
  DeliveryHandler(QueueEdge edge, DeliverCode deliverCode) {
    this.edge = edge;
    this.deliverCode = deliverCode;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return edge.work(
        event,
        OtpDeliver.class,
        (message, receives) -> deliverCode.deliver(message, receives >= MAX_RECEIVES));
  }
}
