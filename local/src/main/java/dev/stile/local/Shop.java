package dev.stile.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.stile.edge.HttpEdge;
import dev.stile.edge.JsonObject;
import dev.stile.edge.Request;
import dev.stile.edge.Response;
import dev.stile.guard.Admission.Admitted;
import dev.stile.guard.Admission.TurnedAway;
import dev.stile.guard.Guard;
import dev.stile.verifier.Proof;
import dev.stile.verifier.VerifiedGrant;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// A resource server to try things on: a shop in which paying takes a step-up for this amount and
/// this payee. It is not part of Stile and knows what any service would: the guard.
final class Shop implements RequestStreamHandler {
  static final String PAY = "POST /demo/payments";

  private final HttpEdge edge;
  private final Supplier<Guard> guard;
  private final URI address;

  Shop(HttpEdge edge, Supplier<Guard> guard, URI address) {
    this.edge = edge;
    this.guard = guard;
    this.address = address;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    edge.answer(in, out, this::pay);
  }

  private Response pay(Request request) {
    Map<String, String> payment = payment(request.body());
    String authorization = request.header("authorization").orElse(null);
    var proof = new Proof("POST", address, request.header("dpop").orElse(null));
    return switch (guard.get().admit(authorization, proof, payment)) {
      case Admitted(VerifiedGrant grant) -> Response.of(200, receipt(grant, payment));
      case TurnedAway(var answer) -> new Response(answer.status(), answer.headers(), answer.body());
    };
  }

  /// The details are the whole body, so that nothing is paid that was not shown.
  private static Map<String, String> payment(JsonObject body) {
    body.text("amount");
    body.text("payee");
    body.noMore();
    return body.allTexts();
  }

  private static Map<String, Object> receipt(VerifiedGrant grant, Map<String, String> payment) {
    Map<String, Object> receipt = new LinkedHashMap<>();
    receipt.put("status", "paid");
    receipt.putAll(payment);
    receipt.put("paid_by", grant.subject());
    receipt.put("txn", grant.transaction());
    return receipt;
  }
}
