package dev.stile.lambda.enroll;

import dev.stile.assurance.Capability;
import dev.stile.assurance.Readiness;
import dev.stile.edge.Callers;
import dev.stile.edge.Request;
import dev.stile.edge.Response;
import dev.stile.edge.Router;
import dev.stile.factor.Account;
import dev.stile.factor.Factors;
import dev.stile.factor.recovery.RecoveryCode;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The routes of recovery codes and of how ready an account is for a loss.
final class RecoveryHttp {
  private final Callers callers;
  private final Clock clock;
  private final EnrollmentRate rate;
  private final MakeRecoveryCodes make;
  private final Factors factors;
  private final RecoveryCodes codes;

  @Inject
  RecoveryHttp(
      Callers callers,
      Clock clock,
      EnrollmentRate rate,
      MakeRecoveryCodes make,
      Factors factors,
      RecoveryCodes codes) {
    this.callers = callers;
    this.clock = clock;
    this.rate = rate;
    this.make = make;
    this.factors = factors;
    this.codes = codes;
  }

  Router router() {
    return Router.forBothDoors(
        Map.of("POST /v1/recovery-codes", this::create, "GET /v1/readiness", this::readiness));
  }

  private Response create(Request request) {
    Caller caller = callers.of(request, Capability.MANAGE);
    request.noBody();
    rate.count(caller.subject());
    Instant now = clock.instant();
    List<RecoveryCode> made = make.make(caller, request.header("stile-grant").orElse(null), now);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("codes", made.stream().map(RecoveryCode::reveal).toList());
    view.put("created_at", now);
    return Response.of(201, view);
  }

  private Response readiness(Request request) {
    Caller caller = callers.of(request, Capability.FIRST_FACTOR, Capability.MANAGE);
    Account account = factors.account(caller.subject());
    var remaining = codes.remaining(caller.subject()).orElse(null);
    Instant now = clock.instant();
    return Response.of(200, ReadinessView.of(Readiness.of(account, remaining, now), now));
  }
}
