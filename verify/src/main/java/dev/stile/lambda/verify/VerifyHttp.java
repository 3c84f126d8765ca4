package dev.stile.lambda.verify;

import dev.stile.assurance.Capability;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.Policies;
import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Redemptions.Redemption;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Overtaken;
import dev.stile.challenge.Verification.Refused;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.challenge.Verification.Verified;
import dev.stile.edge.Ask;
import dev.stile.edge.CredentialJson;
import dev.stile.edge.EndUser;
import dev.stile.edge.JsonObject;
import dev.stile.edge.Request;
import dev.stile.edge.Response;
import dev.stile.edge.Router;
import dev.stile.edge.Views;
import dev.stile.factor.Account;
import dev.stile.factor.Code;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Factors;
import dev.stile.factor.recovery.RecoveryCode;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The routes of verdicts and of what verifies a grant.
final class VerifyHttp {
  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
  private static final String PUBLIC = "public, max-age=60";

  private final ProvenCallers callers;
  private final UseCases useCases;
  private final Metadata metadata;
  private final Factors factors;
  private final Policies policies;
  private final Clock clock;

  @Inject
  VerifyHttp(
      ProvenCallers callers,
      UseCases useCases,
      Metadata metadata,
      Factors factors,
      Policies policies,
      Clock clock) {
    this.callers = callers;
    this.useCases = useCases;
    this.metadata = metadata;
    this.factors = factors;
    this.policies = policies;
    this.clock = clock;
  }

  Router router() {
    Function<Request, Response> document =
        request -> Response.of(200, metadata.document()).with("cache-control", PUBLIC);
    return Router.forBothDoors(
            Map.of(
                "POST /v1/challenges/{challenge_id}/verify", this::verify,
                "POST /v1/verifications", this::verifyAtOnce,
                "POST /v1/factors/{factor_id}/activate", this::activate))
        .and(
            new Router(
                Map.of(
                    "GET /.well-known/jwks.json",
                    request -> Response.of(200, metadata.jwks()).with("cache-control", PUBLIC),
                    "GET /.well-known/openid-configuration",
                    document,
                    "GET /.well-known/oauth-authorization-server",
                    document)));
  }

  private Response verify(Request request) {
    Caller caller = callers.of(request);
    ChallengeId id = request.path("challenge_id", ChallengeId::new);
    JsonObject body = request.body();
    if (id.kind() != FactorKind.WEBAUTHN) {
      return answer(caller, useCases.judge.judge(caller, id, code(body), key(request)));
    }
    AssertionResponse assertion = CredentialJson.assertion(body);
    Verification verification = useCases.passkeys.judge.judge(caller, id, assertion, key(request));
    return verification instanceof Verified verified
        ? useCases.approvals.of(caller, verified, assertion)
        : answer(caller, verification);
  }

  /// draft-ietf-httpapi-idempotency-key-header §2.1, whose quotes may be left out.
  private static @Nullable String key(Request request) {
    String key = request.header("idempotency-key").orElse(null);
    if (key != null && !KEY.matcher(key).matches()) {
      throw Problem.invalid("", "Idempotency-Key is not 1 to 255 visible characters.")
          .asException();
    }
    return key;
  }

  private Response verifyAtOnce(Request request) {
    JsonObject body = request.body();
    Caller caller = EndUser.located(callers.of(request), body);
    if (body.has("recovery_code")) {
      return recover(caller, body);
    }
    // Nothing is sent here, so that no other kind could have a code yet.
    var wish =
        new Wish(
            body.optionalParse("factor_id", FactorId::new).orElse(null),
            Set.of(FactorKind.TOTP),
            Set.of());
    var ask = new Ask(body.text("action"), Ask.binding(body), wish, null);
    Code code = body.parse("code", Code::of);
    body.noMore();
    return answer(caller, useCases.atOnce.verify(caller, ask, code));
  }

  private Response answer(Caller caller, Verification verification) {
    return switch (verification) {
      case Verified verified -> useCases.approvals.of(caller, verified);
      case Rejected(var left, var cause) -> throw Verdict.wrong(left, cause).asException();
      case Refused(var reason, var retryAt) -> throw Verdict.refused(reason, retryAt).asException();
      case Overtaken overtaken -> throw Problem.of(ProblemCode.UNAVAILABLE).asException();
    };
  }

  private Response recover(Caller caller, JsonObject body) {
    var ask = new Ask(body.text("action"), Ask.binding(body), Wish.NONE, null);
    RecoveryCode code = body.parse("recovery_code", RecoveryCode::of);
    body.noMore();
    return switch (useCases.redeem.redeem(caller, ask, code)) {
      case Redemption.Redeemed redeemed -> useCases.approvals.of(caller, redeemed);
      case Redemption.Rejected() -> throw Verdict.wrong(0, Cause.INCORRECT).asException();
      case Redemption.Refused(var reason, var retryAt) ->
          throw Verdict.refused(reason, retryAt).asException();
    };
  }

  private static Code code(JsonObject body) {
    Code code = body.parse("code", Code::of);
    body.noMore();
    return code;
  }

  private Response activate(Request request) {
    Caller caller = callers.of(request, Capability.FIRST_FACTOR, Capability.MANAGE);
    FactorId id = request.path("factor_id", FactorId::new);
    JsonObject body = request.body();
    String grant = request.header("stile-grant").orElse(null);
    boolean byCredential = body.has("credential");
    Activation activation =
        byCredential
            ? useCases.passkeys.activate.activate(
                caller, id, CredentialJson.attestation(body), grant)
            : useCases.activate.activate(caller, id, code(body), grant);
    return switch (activation) {
      case Activation.Activated() -> activated(caller, id);
      case Activation.Rejected(var left) ->
          throw Verdict.wrong(left, byCredential ? Cause.NOT_VERIFIED : Cause.INCORRECT)
              .asException();
      case Activation.Exists() -> throw Problem.of(ProblemCode.FACTOR_EXISTS).asException();
      case Activation.Refused(var reason, var retryAt) ->
          throw Verdict.refused(reason, retryAt).asException();
      case Activation.GrantConsumed() -> throw Problem.of(ProblemCode.GRANT_CONSUMED).asException();
      case Activation.GrantNeeded() -> throw useCases.activate.grantNeeded(caller).asException();
      case Activation.Overtaken() -> throw Problem.of(ProblemCode.UNAVAILABLE).asException();
    };
  }

  private Response activated(Caller caller, FactorId id) {
    Account account = factors.account(caller.subject());
    Factor factor =
        account.factor(id).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).asException());
    return Response.of(200, Views.factor(factor, policies.current(), account, clock.instant()));
  }

  /// What can be judged and issued.
  static final class UseCases {
    private final JudgeAnswer judge;
    private final VerifyAtOnce atOnce;
    private final RedeemRecoveryCode redeem;
    private final Approvals approvals;
    private final ActivateFactor activate;
    private final Passkeys passkeys;

    @Inject
    UseCases(
        JudgeAnswer judge,
        VerifyAtOnce atOnce,
        RedeemRecoveryCode redeem,
        Approvals approvals,
        ActivateFactor activate,
        Passkeys passkeys) {
      this.judge = judge;
      this.atOnce = atOnce;
      this.redeem = redeem;
      this.approvals = approvals;
      this.activate = activate;
      this.passkeys = passkeys;
    }
  }

  /// What can be done by a credential in place of a code.
  static final class Passkeys {
    private final JudgeAssertion judge;
    private final ActivatePasskey activate;

    @Inject
    Passkeys(JudgeAssertion judge, ActivatePasskey activate) {
      this.judge = judge;
      this.activate = activate;
    }
  }
}
