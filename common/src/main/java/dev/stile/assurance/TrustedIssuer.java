package dev.stile.assurance;

import dev.stile.factor.FactorKind;
import dev.stile.subject.PrimaryLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// An issuer whose access tokens name users. Their subjects live in its namespace; one issuer of a
/// tenant may have the empty one. A namespace holds no `|`, so that it ends at the first. `amr`
/// says which of the issuer's own methods count as which factor; those that it does not name count
/// for nothing.
public record TrustedIssuer(
    String issuer, String namespace, TokenShape tokens, Map<String, FactorKind> amr) {
  /// For users of a back end that names no issuer.
  public static final TrustedIssuer ANY = new TrustedIssuer("", "");

  private static final String END = "|";
  private static final Duration SKEW = Duration.ofMinutes(1);

  public TrustedIssuer {
    amr = Map.copyOf(amr);
    if (namespace.contains(END)) {
      throw new IllegalArgumentException("a namespace holds no |");
    }
  }

  /// One whose tokens the gateway judges, and none of whose methods count.
  public TrustedIssuer(String issuer, String namespace) {
    this(issuer, namespace, TokenShape.OPENID, Map.of());
  }

  /// The kinds that count as passed at one of its logins, while it is fresh.
  public Set<FactorKind> passedAt(PrimaryLogin login, Instant now) {
    Instant at = login.at();
    boolean fresh =
        at != null && !at.isBefore(now.minus(Policy.FRESH)) && !at.isAfter(now.plus(SKEW));
    return fresh
        ? login.amr().stream()
            .flatMap(method -> Optional.ofNullable(amr.get(method)).stream())
            .collect(Collectors.toSet())
        : Set.of();
  }

  public String subject(String sub) {
    return namespace.isEmpty() ? sub : namespace + END + sub;
  }

  /// Whether a subject lies in its namespace, so that no other issuer may name it.
  public boolean owns(String subject) {
    return !namespace.isEmpty() && subject.startsWith(namespace + END);
  }
}
