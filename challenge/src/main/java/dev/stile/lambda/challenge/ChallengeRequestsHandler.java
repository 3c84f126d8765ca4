package dev.stile.lambda.challenge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.edge.QueueEdge;
import dev.stile.message.Message.ChallengeRequested;
import jakarta.inject.Inject;

/// The Lambda function that takes up the challenges which enrollment reserved.
public final class ChallengeRequestsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final QueueEdge edge;
  private final PrepareChallenge prepareChallenge;

  /// On Lambda: the graph is built in the init phase.
  public ChallengeRequestsHandler() {
    this(ProductionSurroundings.ofEnvironment());
  }

  /// Anywhere else.
  public ChallengeRequestsHandler(Surroundings surroundings) {
    this(ChallengeRequestsComponent.in(surroundings).handler());
  }

  private ChallengeRequestsHandler(ChallengeRequestsHandler built) {
    this.edge = built.edge;
    this.prepareChallenge = built.prepareChallenge;
  }

  @Inject
  ChallengeRequestsHandler(QueueEdge edge, PrepareChallenge prepareChallenge) {
    this.edge = edge;
    this.prepareChallenge = prepareChallenge;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return edge.work(event, ChallengeRequested.class, prepareChallenge::prepare);
  }
}
