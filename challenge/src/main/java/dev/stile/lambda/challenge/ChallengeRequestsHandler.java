package dev.stile.lambda.challenge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.snapshot.Snapshot;
import dev.stile.edge.QueueEdge;
import dev.stile.message.Message.ChallengeRequested;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/// The Lambda function that takes up the challenges which enrollment reserved.
public final class ChallengeRequestsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Supplier<Work> work;

  /// On Lambda: the graph is built in the init phase, and anew after a restore.
  public ChallengeRequestsHandler() {
    this.work = Snapshot.of(ChallengeRequestsHandler::in);
  }

  /// Anywhere else.
  public ChallengeRequestsHandler(Surroundings surroundings) {
    Work built = in(surroundings);
    this.work = () -> built;
  }

  private static Work in(Surroundings surroundings) {
    return ChallengeRequestsComponent.in(surroundings).work();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return work.get().on(event);
  }

  /// What the graph is built for.
  static final class Work {
    private final QueueEdge edge;
    private final PrepareChallenge prepareChallenge;

    @Inject
    Work(QueueEdge edge, PrepareChallenge prepareChallenge) {
      this.edge = edge;
      this.prepareChallenge = prepareChallenge;
    }

    SQSBatchResponse on(SQSEvent event) {
      return edge.work(event, ChallengeRequested.class, prepareChallenge::prepare);
    }
  }
}
