package dev.stile.lambda.enroll;

import dev.stile.assurance.Policies;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Subject;
import dev.stile.throttle.Rates;
import jakarta.inject.Inject;
import java.time.Clock;

/// How often a user may begin to change factors.
final class EnrollmentRate {
  private final Rates rates;
  private final Policies policies;
  private final Clock clock;

  @Inject
  EnrollmentRate(Rates rates, Policies policies, Clock clock) {
    this.rates = rates;
    this.policies = policies;
    this.clock = clock;
  }

  void count(Subject subject) {
    var window = policies.current().limits().enrollmentsPerUser();
    rates
        .take(subject.tenant(), "enroll", subject.id(), window, clock.instant())
        .ifPresent(until -> {
          throw Problem.of(ProblemCode.RATE_LIMITED).retryAt(until).asException();
        });
  }
}
