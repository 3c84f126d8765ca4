package dev.stile.lambda.verify;

import dev.stile.assurance.Capability;
import dev.stile.edge.Callers;
import dev.stile.edge.JsonObject;
import dev.stile.edge.Request;
import dev.stile.edge.Response;
import dev.stile.edge.Router;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.token.EndedGrants;
import dev.stile.token.Grant;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/// The routes by which grants are used up, asked about and revoked.
final class GrantsHttp {
  private static final Map<String, Object> INACTIVE = Map.of("active", false);

  private final Callers callers;
  private final OwnGrants own;
  private final EndedGrants ended;

  @Inject
  GrantsHttp(Callers callers, OwnGrants own, EndedGrants ended) {
    this.callers = callers;
    this.own = own;
    this.ended = ended;
  }

  Router router() {
    return Router.forBothDoors(
        Map.of(
            "POST /v1/grants/consume", this::consume,
            "POST /v1/revocations", this::revokeAll,
            "POST /oauth/introspect", this::introspect,
            "POST /oauth/revoke", this::revoke));
  }

  private Response consume(Request request) {
    Caller caller = callers.of(request);
    JsonObject body = request.body();
    String token = body.text("token");
    String action = body.text("action");
    String binding = body.text("binding_hash");
    body.noMore();
    Grant grant =
        own.find(caller, token).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).asException());
    Grant.Transaction given = grant.transaction();
    if (!given.action().equals(action) || !given.bindingDigest().equals(binding)) {
      throw Problem.of(ProblemCode.BINDING_MISMATCH).asException();
    }
    return switch (ended.consume(OwnGrants.subject(caller, grant), grant)) {
      case CONSUMED -> Response.of(200, Map.of("status", "consumed", "txn", given.id()));
      case USED -> throw Problem.of(ProblemCode.GRANT_CONSUMED).asException();
      case REVOKED -> throw Problem.of(ProblemCode.NOT_FOUND).asException();
    };
  }

  private Response revokeAll(Request request) {
    Caller caller = callers.of(request, Capability.MANAGE);
    request.noBody();
    ended.revokeAll(caller.subject());
    return Response.none();
  }

  /// RFC 7662 §2.2: nothing is said of a token that is not good, whatever the reason.
  private Response introspect(Request request) {
    Caller caller = callers.of(request);
    Map<String, Object> view =
        own.find(caller, request.form().text("token"))
            .filter(grant -> ended.stands(OwnGrants.subject(caller, grant), grant))
            .map(GrantsHttp::active)
            .orElse(INACTIVE);
    return Response.of(200, view);
  }

  /// RFC 7009 §2.2: a token that is not good needs no revoking.
  private Response revoke(Request request) {
    Caller caller = callers.of(request);
    own.find(caller, request.form().text("token")).ifPresent(ended::revoke);
    return Response.of(200, Map.of());
  }

  private static Map<String, Object> active(Grant grant) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("active", true);
    view.put("token_type", Grant.TYPE);
    view.put("iss", grant.party().issuer());
    view.put("sub", grant.party().subject());
    view.put("aud", grant.party().audience());
    view.put("client_id", grant.party().client());
    view.put("iat", grant.issued().getEpochSecond());
    view.put("exp", grant.issued().plus(grant.lifetime()).getEpochSecond());
    view.put("jti", grant.id());
    view.put("auth_time", grant.assurance().authTime().getEpochSecond());
    view.put("acr", grant.assurance().acr());
    view.put("amr", grant.assurance().amr());
    view.put("txn", grant.transaction().id());
    view.put("action", grant.transaction().action());
    view.put("bnd", grant.transaction().bindingDigest());
    view.put("scope", "stepup:" + grant.transaction().action());
    if (grant.party().senderKey() != null) {
      view.put("cnf", Map.of("jkt", grant.party().senderKey()));
    }
    return view;
  }
}
