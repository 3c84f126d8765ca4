package dev.stile.edge;

import dev.stile.assurance.Client;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import dev.stile.subject.Caller;
import dev.stile.subject.Door;
import dev.stile.subject.Principal;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells who calls, from nothing but what the gateway verified.
public final class Callers {
  private final Policies policies;

  @Inject
  public Callers(Policies policies) {
    this.policies = policies;
  }

  public Caller of(Request request) {
    Policy policy = policies.current();
    Map<String, String> claims = request.claims();
    TrustedIssuer issuer =
        policy.issuer(claim(claims, "iss")).orElseThrow(Callers::unauthenticated);
    Client client = policy.clientOfToken(clientId(claims)).orElseThrow(Callers::unauthenticated);
    var subject = subject(policy, issuer, claim(claims, "sub"));
    var principal = new Principal(Door.SELF_SERVICE, client.id(), subject, claims.get("sid"));
    return new Caller(
        principal, moment(claims.get("auth_time")), request.sourceAddress(), request.id());
  }

  /// RFC 9068 names it `client_id`; OpenID providers that do not follow it say `azp`.
  private static String clientId(Map<String, String> claims) {
    String id = claims.get("client_id");
    return id == null ? claim(claims, "azp") : id;
  }

  private static Subject subject(Policy policy, TrustedIssuer issuer, String sub) {
    String id = issuer.subject(sub);
    if (policy.parties().issuers().stream().anyMatch(i -> !i.equals(issuer) && i.owns(id))) {
      throw unauthenticated();
    }
    try {
      return new Subject(policy.tenant(), id);
    } catch (IllegalArgumentException e) {
      throw unauthenticated();
    }
  }

  private static String claim(Map<String, String> claims, String name) {
    String value = claims.get(name);
    if (value == null || value.isBlank()) {
      throw unauthenticated();
    }
    return value;
  }

  private static @Nullable Instant moment(@Nullable String seconds) {
    try {
      return seconds == null ? null : Instant.ofEpochSecond(Long.parseLong(seconds));
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  private static ProblemException unauthenticated() {
    return Problem.of(ProblemCode.UNAUTHENTICATED).asException();
  }
}
