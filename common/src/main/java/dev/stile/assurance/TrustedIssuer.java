package dev.stile.assurance;

import dev.stile.factor.FactorKind;
import java.util.Map;

/// An issuer whose access tokens name users. Their subjects live in its namespace; one issuer of a
/// tenant may have the empty one. A namespace holds no `|`, so that it ends at the first. `amr`
/// says which of the issuer's own methods count as which factor; those that it does not name count
/// for nothing.
public record TrustedIssuer(
    String issuer, String namespace, TokenShape tokens, Map<String, FactorKind> amr) {
  /// For users of a back end that names no issuer.
  public static final TrustedIssuer ANY = new TrustedIssuer("", "");

  private static final String END = "|";

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

  public String subject(String sub) {
    return namespace.isEmpty() ? sub : namespace + END + sub;
  }

  /// Whether a subject lies in its namespace, so that no other issuer may name it.
  public boolean owns(String subject) {
    return !namespace.isEmpty() && subject.startsWith(namespace + END);
  }
}
