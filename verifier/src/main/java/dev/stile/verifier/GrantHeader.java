package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is read of a JOSE header: which of the issuer's own keys to try, and the algorithm it
/// claims, which is compared with the key's and never followed (RFC 8725 §3.1).
record GrantHeader(String alg, String kid) {
  private static final String TYPE = "stepup+jwt";

  /// RFC 9068 §4, and those of issuers that came before it and type no token, or each the same. As
  /// RFC 7515 §4.1.9 lets media types vary.
  private static final Set<String> ACCESS_TOKEN = Set.of("at+jwt", "application/at+jwt", "jwt", "");

  private static final int MAX_KID_LENGTH = 256;

  /// Members that bring keys along, point to keys elsewhere, or change what is signed and how (RFC
  /// 7515 §4.1, RFC 7516 §4.1, RFC 7518 §4, RFC 7797). Others mean nothing and are ignored, as RFC
  /// 7515 §4 asks.
  static final Set<String> REFUSED =
      Set.of(
          "jku", "jwk", "x5u", "x5c", "cty", "crit", "b64", "zip", "enc", "epk", "apu", "apv", "iv",
          "tag", "p2s", "p2c");

  /// Thumbprints of certificates. Some issuers of access tokens add them to the `kid`; they bring
  /// no key along, and ours has none.
  private static final Set<String> THUMBPRINTS = Set.of("x5t", "x5t#S256");

  static GrantHeader of(Json.Members header) throws Refusal {
    return of(header, TYPE);
  }

  /// The header of another kind of token of the same issuer.
  static GrantHeader of(Json.Members header, String type) throws Refusal {
    // Exactly, not as RFC 7515 §4.1.9 lets media types vary: our issuer has one spelling. First, so
    // that a token of the primary login is told from a grant whatever else its header holds.
    if (!header.text("typ").equals(Optional.of(type))) {
      throw new Refusal(Reason.TYPE);
    }
    if (!Collections.disjoint(header.values().keySet(), THUMBPRINTS)) {
      throw new Refusal(Reason.HEADER);
    }
    return read(header);
  }

  /// The header of an access token of any issuer.
  static GrantHeader ofAccessToken(Json.Members header) throws Refusal {
    String type = header.has("typ") ? header.text("typ").orElse("?") : "";
    if (!ACCESS_TOKEN.contains(type.toLowerCase(Locale.ROOT))) {
      throw new Refusal(Reason.TYPE);
    }
    return read(header);
  }

  private static GrantHeader read(Json.Members header) throws Refusal {
    if (!Collections.disjoint(header.values().keySet(), REFUSED)) {
      throw new Refusal(Reason.HEADER);
    }
    String alg =
        header
            .text("alg")
            .filter(Algorithm.NAMES::contains)
            .orElseThrow(() -> new Refusal(Reason.ALGORITHM));
    String kid =
        header
            .text("kid")
            .filter(name -> name.length() <= MAX_KID_LENGTH)
            .orElseThrow(() -> new Refusal(Reason.KEY));
    return new GrantHeader(alg, kid);
  }
}
