package dev.stile.lambda.verify;

import dev.stile.challenge.Redemptions.Redemption.Redeemed;
import dev.stile.challenge.Verification.Verified;
import dev.stile.edge.Response;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a right answer is answered with: the grant or, in a chain that goes on, what the next
/// challenge is asked with.
final class Approvals {
  private final IssueGrant grants;
  private final IssueNext next;

  @Inject
  Approvals(IssueGrant grants, IssueNext next) {
    this.grants = grants;
    this.next = next;
  }

  Response of(Caller caller, Verified verified) {
    return goesOn(verified)
        ? onward(caller, verified)
        : Response.of(200, approved(verified, grants.issue(caller, verified)));
  }

  /// The evidence of a passkey comes with the grant that it leads to.
  Response of(Caller caller, Verified verified, AssertionResponse assertion) {
    if (goesOn(verified)) {
      return onward(caller, verified);
    }
    IssueGrant.Issued issued = grants.issue(caller, verified);
    Map<String, Object> body = approved(verified, issued);
    body.put("receipt", grants.receipt(caller, issued, verified, assertion));
    return Response.of(200, body);
  }

  Response of(Caller caller, Redeemed redeemed) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "approved");
    body.put("recovery_codes_left", redeemed.codesLeft());
    body.put("grant", grants.issue(caller, redeemed).shown());
    return Response.of(200, body);
  }

  private static boolean goesOn(Verified verified) {
    return verified.challenge().approval().decision().chain().goesOn();
  }

  private Response onward(Caller caller, Verified verified) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "next");
    body.put("challenge_id", verified.challenge().id().text());
    body.put("next", next.issue(caller, verified));
    return Response.of(200, body);
  }

  private static Map<String, Object> approved(Verified verified, IssueGrant.Issued issued) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "approved");
    body.put("challenge_id", verified.challenge().id().text());
    body.put("grant", issued.shown());
    return body;
  }
}
