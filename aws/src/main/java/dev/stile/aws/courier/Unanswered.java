package dev.stile.aws.courier;

import dev.stile.message.Courier.Outcome;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What is nobody's refusal: too much at once, a fault of the service, no answer at all.
final class Unanswered {
  static final Outcome OUTCOME = new Outcome.Unavailable("unreachable");

  private Unanswered() {}

  static Outcome outcome(AwsServiceException e) {
    return new Outcome.Unavailable(e.isThrottlingException() ? "throttled" : "service_failure");
  }
}
