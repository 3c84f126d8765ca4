package dev.stile.lambda.challenge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.snapshot.Snapshot;
import dev.stile.edge.QueueEdge;
import dev.stile.message.Message.OtpDeliver;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/// The Lambda function that sends codes. It and the notice worker alone may send by SNS and SES.
public final class DeliveryHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /// As the queue's redrive policy has it: after so many receives a message goes to the dead-letter
  /// queue.
  public static final int MAX_RECEIVES = 5;

  private final Supplier<Work> work;

  /// On Lambda: the graph is built in the init phase, and anew after a restore.
  public DeliveryHandler() {
    this.work = Snapshot.of(DeliveryHandler::in);
  }

  /// Anywhere else.
  public DeliveryHandler(Surroundings surroundings) {
    Work built = in(surroundings);
    this.work = () -> built;
  }

  private static Work in(Surroundings surroundings) {
    return DeliveryComponent.in(surroundings).work();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return work.get().on(event);
  }

  /// What the graph is built for.
  static final class Work {
    private final QueueEdge edge;
    private final DeliverCode deliverCode;

    @Inject
    Work(QueueEdge edge, DeliverCode deliverCode) {
      this.edge = edge;
      this.deliverCode = deliverCode;
    }

    SQSBatchResponse on(SQSEvent event) {
      return edge.work(
          event,
          OtpDeliver.class,
          (message, receives) -> deliverCode.deliver(message, receives >= MAX_RECEIVES));
    }
  }
}
