package dev.stile.assurance;

/// An issuer whose access tokens name users. Their subjects live in its namespace; one issuer of a
/// tenant may have the empty one.
public record TrustedIssuer(String issuer, String namespace) {
  public String subject(String sub) {
    return namespace.isEmpty() ? sub : namespace + "|" + sub;
  }
}
