package dev.stile.assurance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why an access token lets nobody in, in words for who calls. None of them tells anything of the
/// token that its bearer does not hold.
public enum LoginRefusal {
  OPAQUE(
      "The access token is opaque: only its issuer can read it. Ask the issuer for one with the"
          + " audience of an API."),
  MALFORMED("The access token is not a signed JWT."),
  HEADER("The header of the access token holds what no access token needs."),
  TYPE("This is not an access token."),
  ALGORITHM("The access token is not signed by the algorithm of its key: RS256 or ES256."),
  KEY("The access token names no key of its issuer."),
  SIGNATURE("The signature of the access token is not valid."),
  ISSUER("The issuer of the access token is not trusted."),
  AUDIENCE("The access token is for another audience."),
  CLAIMS("A claim of the access token is missing or malformed."),
  EXPIRED("The access token has expired."),
  NOT_YET_VALID("The access token is not valid yet."),
  SENDER_CONSTRAINED("The access token is bound to a key, which a bearer cannot prove to hold."),
  NO_USER("The access token is of a client that acts for itself, not of a user."),
  REQUIRED_CLAIM("The access token lacks a claim that the policy requires."),
  CLIENT("The policy knows no client of this access token."),
  SUBJECT("The access token names nobody that this issuer may name."),
  PROVIDER_UNREACHABLE("The issuer of the access token does not answer."),
  PROVIDER_DISCOVERY("The issuer of the access token publishes no discovery document."),
  PROVIDER_ISSUER("The discovery document is about another issuer than that of the access token."),
  PROVIDER_JWKS_URI("The discovery document names no https address for the issuer's keys."),
  PROVIDER_KEYS("The keys of the access token's issuer cannot be had.");

  private static final String OUTAGE = "PROVIDER_";
  private final String detail;

  LoginRefusal(String detail) {
    this.detail = detail;
  }

  public static Optional<LoginRefusal> ofWire(String name) {
    return Arrays.stream(values()).filter(r -> r.wire().equals(name)).findFirst();
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String detail() {
    return detail;
  }

  /// Whether nothing was said of the token, since its issuer could not be asked.
  public boolean isOutage() {
    return name().startsWith(OUTAGE);
  }
}
