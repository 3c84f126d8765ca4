package dev.stile.lambda.verify;

import dev.stile.assurance.Capability;
import dev.stile.edge.Callers;
import dev.stile.edge.Request;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemException;
import dev.stile.subject.Caller;
import dev.stile.token.Possession;
import dev.stile.token.PossessionProofs;
import dev.stile.token.UsedProofs;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/// Tells who calls, and which key he holds where he proves one in the header `DPoP` (RFC 9449): the
/// grant that he is given is then bound to it. The proof is judged and used up before any answer
/// is.
final class ProvenCallers {
  private final Callers callers;
  private final PossessionProofs proofs;
  private final UsedProofs used;
  private final URI issuer;
  private final Clock clock;

  @Inject
  ProvenCallers(
      Callers callers, PossessionProofs proofs, UsedProofs used, URI issuer, Clock clock) {
    this.callers = callers;
    this.proofs = proofs;
    this.used = used;
    this.issuer = issuer;
    this.clock = clock;
  }

  Caller of(Request request, Capability... sufficient) {
    return callers.of(request, sufficient);
  }

  /// Whose grants are bound to his key, if he shows one.
  Caller of(Request request) {
    Caller caller = callers.of(request);
    Optional<String> proof = request.header("dpop");
    return proof.isEmpty() ? caller : caller.holding(possession(request, proof.get()).key());
  }

  private Possession possession(Request request, String proof) {
    return address(request)
        .flatMap(address -> proofs.read(proof, method(request), address, clock.instant()))
        .filter(used::use)
        .orElseThrow(ProvenCallers::refused);
  }

  private static String method(Request request) {
    return request.route().substring(0, Math.max(0, request.route().indexOf(' ')));
  }

  /// As clients know it: below the issuer's address.
  private Optional<URI> address(Request request) {
    try {
      return Optional.of(URI.create(issuer + request.rawPath()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ProblemException refused() {
    return Problem.invalid("", "The DPoP proof is not one for this request, or was shown before.")
        .asException();
  }
}
