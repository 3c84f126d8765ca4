package dev.stile.assurance;

/// An issuer whose access tokens name users. Their subjects live in its namespace; one issuer of a
/// tenant may have the empty one. A namespace holds no `|`, so that it ends at the first.
public record TrustedIssuer(String issuer, String namespace) {
  /// For users of a back end that names no issuer.
  public static final TrustedIssuer ANY = new TrustedIssuer("", "");

  private static final String END = "|";

  public TrustedIssuer {
    if (namespace.contains(END)) {
      throw new IllegalArgumentException("a namespace holds no |");
    }
  }

  public String subject(String sub) {
    return namespace.isEmpty() ? sub : namespace + END + sub;
  }

  /// Whether a subject lies in its namespace, so that no other issuer may name it.
  public boolean owns(String subject) {
    return !namespace.isEmpty() && subject.startsWith(namespace + END);
  }
}
