package dev.stile.edge;

import dev.stile.assurance.BackEnd;
import dev.stile.assurance.Capability;
import dev.stile.assurance.ClaimNames;
import dev.stile.assurance.Client;
import dev.stile.assurance.LoginRefusal;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Role;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import dev.stile.subject.Caller;
import dev.stile.subject.Door;
import dev.stile.subject.PrimaryLogin;
import dev.stile.subject.Principal;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells who calls, from nothing but what the gateway verified.
public final class Callers {
  /// Under which the function that judges tokens says why it lets nobody in.
  public static final String REFUSAL = "refusal";

  private final Policies policies;

  @Inject
  public Callers(Policies policies) {
    this.policies = policies;
  }

  /// A back end has to hold the capability to ask for verifications.
  public Caller of(Request request) {
    return of(request, Capability.CHALLENGE);
  }

  /// A back end has to hold one of these capabilities; a user acts for himself.
  public Caller of(Request request, Capability... sufficient) {
    return switch (request.door()) {
      case SELF_SERVICE -> user(request);
      case BACK_END -> backEnd(request, Set.of(sufficient));
    };
  }

  private Caller backEnd(Request request, Set<Capability> sufficient) {
    Policy policy = policies.current();
    String signer = request.signer().orElseThrow(Callers::unauthenticated);
    Client client =
        Role.ofCaller(signer)
            .flatMap(policy::clientOfRole)
            .orElseThrow(() -> denied("The policy knows no client of this role."));
    if (Collections.disjoint(client.backEnd().capabilities(), sufficient)) {
      throw denied("The policy does not give this client the capability.");
    }
    var subject = request.path(Doors.USER_ID, id -> subject(policy, client.backEnd(), id));
    var principal = new Principal(Door.BACK_END, client.id(), subject, null);
    return new Caller(principal, PrimaryLogin.UNKNOWN, request.sourceAddress(), "");
  }

  /// A user is the same subject by both doors where the client names the issuer of his login.
  private static Subject subject(Policy policy, BackEnd backEnd, String userId) {
    TrustedIssuer issuer =
        Optional.ofNullable(backEnd.issuer()).flatMap(policy::issuer).orElse(TrustedIssuer.ANY);
    String id = issuer.subject(userId);
    if (userId.isBlank() || isForeign(policy, issuer, id)) {
      throw new IllegalArgumentException("no user of this issuer");
    }
    return new Subject(policy.tenant(), id);
  }

  private Caller user(Request request) {
    Policy policy = policies.current();
    Map<String, String> claims = request.claims();
    LoginRefusal.ofWire(claims.getOrDefault(REFUSAL, "")).ifPresent(Callers::refuse);
    TrustedIssuer issuer =
        policy.issuer(claim(claims, "iss")).orElseThrow(() -> refused(LoginRefusal.ISSUER));
    issuer.tokens().refusal(claims).ifPresent(Callers::refuse);
    ClaimNames names = issuer.tokens().names();
    Client client =
        policy
            .clientOfToken(clientId(claims, names))
            .orElseThrow(() -> refused(LoginRefusal.CLIENT));
    var subject = subject(policy, issuer, claim(claims, names.subject()));
    var principal =
        new Principal(Door.SELF_SERVICE, client.id(), subject, claims.get(names.session()));
    var login =
        new PrimaryLogin(
            issuer.issuer(),
            moment(claims.get(names.authTime())),
            claims.get(names.acr()),
            texts(claims.getOrDefault(names.amr(), "")));
    return new Caller(principal, login, request.sourceAddress(), request.id());
  }

  /// The first that is there decides, whatever the next would say.
  private static String clientId(Map<String, String> claims, ClaimNames names) {
    return names.client().stream()
        .filter(claims::containsKey)
        .findFirst()
        .map(name -> claim(claims, name))
        .orElseThrow(() -> refused(LoginRefusal.CLAIMS));
  }

  private static Subject subject(Policy policy, TrustedIssuer issuer, String sub) {
    String id = issuer.subject(sub);
    if (isForeign(policy, issuer, id)) {
      throw refused(LoginRefusal.SUBJECT);
    }
    try {
      return new Subject(policy.tenant(), id);
    } catch (IllegalArgumentException e) {
      throw refused(LoginRefusal.SUBJECT);
    }
  }

  private static boolean isForeign(Policy policy, TrustedIssuer issuer, String id) {
    return policy.parties().issuers().stream().anyMatch(i -> !i.equals(issuer) && i.owns(id));
  }

  private static String claim(Map<String, String> claims, String name) {
    String value = claims.get(name);
    if (value == null || value.isBlank()) {
      throw claims.isEmpty() ? unauthenticated() : refused(LoginRefusal.CLAIMS);
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

  /// An array as API Gateway writes it, `[a b]`, or one text alone.
  private static List<String> texts(String claim) {
    boolean array = claim.startsWith("[") && claim.endsWith("]");
    String items = array ? claim.substring(1, claim.length() - 1) : claim;
    return Arrays.stream(items.split(" ")).filter(item -> !item.isBlank()).toList();
  }

  private static void refuse(LoginRefusal why) {
    throw refused(why);
  }

  private static ProblemException refused(LoginRefusal why) {
    ProblemCode code = why.isOutage() ? ProblemCode.UNAVAILABLE : ProblemCode.UNAUTHENTICATED;
    return Problem.of(code, why.detail()).asException();
  }

  private static ProblemException denied(String why) {
    return Problem.of(ProblemCode.POLICY_DENIED, why).asException();
  }

  private static ProblemException unauthenticated() {
    return Problem.of(ProblemCode.UNAUTHENTICATED).asException();
  }
}
