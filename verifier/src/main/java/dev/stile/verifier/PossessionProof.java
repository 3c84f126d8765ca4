package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A DPoP proof that was found good for its request (RFC 9449 §4.3): whoever sent it holds the key.
/// Whether it was shown before is for a [ProofLog] to say.
public final class PossessionProof {
  private static final String TYPE = "dpop+jwt";
  private static final int MAX_ID_LENGTH = 256;

  /// On both sides of the clock: a proof is made for one request.
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private final String thumbprint;
  private final String id;
  private final Optional<String> tokenHash;
  private final Instant issued;

  private PossessionProof(
      String thumbprint, String id, Optional<String> tokenHash, Instant issued) {
    this.thumbprint = thumbprint;
    this.id = id;
    this.tokenHash = tokenHash;
    this.issued = issued;
  }

  /// Empty for whatever is no proof of this very request, made now.
  public static Optional<PossessionProof> of(Proof proof, Instant now) {
    try {
      CompactJws jws = CompactJws.parse(proof.jws());
      Json.Members jwk = jwk(jws.header());
      VerificationKey key = JwkSetReader.proven(jwk).orElseThrow(PossessionProof::refusal);
      boolean genuine =
          jws.header().text("alg").equals(Optional.of(key.algorithm().name()))
              && jws.isSignedBy(key);
      Json.Members claims = jws.claims();
      return genuine && isOf(proof, claims)
          ? Optional.of(read(claims, thumbprint(jwk))).filter(read -> read.isMadeAt(now))
          : Optional.empty();
    } catch (Malformed | Refusal e) {
      return Optional.empty();
    }
  }

  private static Json.Members jwk(Json.Members header) throws Refusal {
    Set<String> forbidden = new HashSet<>(GrantHeader.REFUSED);
    forbidden.remove("jwk");
    if (!header.text("typ").equals(Optional.of(TYPE))
        || !Collections.disjoint(header.values().keySet(), forbidden)
        || !(header.get("jwk").orElse(Json.Literal.NULL) instanceof Json.Members jwk)) {
      throw refusal();
    }
    return jwk;
  }

  private static boolean isOf(Proof proof, Json.Members claims) {
    return claims.text("htm").equals(Optional.of(proof.method()))
        && claims
            .text("htu")
            .flatMap(PossessionProof::parsed)
            .map(PossessionProof::target)
            .equals(Optional.of(target(proof.address())));
  }

  private static PossessionProof read(Json.Members members, String thumbprint) throws Refusal {
    ClaimReader claims = new ClaimReader(members);
    String id = claims.text("jti");
    if (id.length() > MAX_ID_LENGTH) {
      throw refusal();
    }
    return new PossessionProof(thumbprint, id, claims.optionalText("ath"), claims.time("iat"));
  }

  private boolean isMadeAt(Instant now) {
    return Duration.between(issued, now).abs().compareTo(LEEWAY) <= 0;
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// RFC 9449 §4.3 (9) with RFC 3986 §6.2.2.1 and §6.2.3: without query and fragment, scheme and
  /// host in lower case, the default port left out. Paths are compared as spelled.
  private static String target(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + port + path;
  }

  /// RFC 7638 §3.2. Its members are canonical base64url and names, which JSON writes as they are.
  private static String thumbprint(Json.Members jwk) {
    String members =
        jwk.text("kty").equals(Optional.of("EC"))
            ? member(jwk, "crv")
                + ","
                + member(jwk, "kty")
                + ","
                + member(jwk, "x")
                + ","
                + member(jwk, "y")
            : member(jwk, "e") + "," + member(jwk, "kty") + "," + member(jwk, "n");
    return Sha256.text(("{" + members + "}").getBytes(StandardCharsets.US_ASCII));
  }

  private static String member(Json.Members jwk, String name) {
    return "\"" + name + "\":\"" + jwk.text(name).orElse("") + "\"";
  }

  private static Refusal refusal() {
    return new Refusal(Reason.PROOF);
  }

  /// RFC 7638, as in `cnf.jkt`.
  public String thumbprint() {
    return thumbprint;
  }

  /// What makes it single-use: its key and its `jti`, hashed, so that it has one length.
  public String name() {
    return Sha256.text((thumbprint + "." + id).getBytes(StandardCharsets.UTF_8));
  }

  /// Until when a copy of it would be taken.
  public Instant goodUntil() {
    return issued.plus(LEEWAY).plusMillis(1);
  }

  /// Whether it was made for this token (`ath`).
  boolean isFor(String token) {
    return tokenHash.equals(Optional.of(Sha256.text(token.getBytes(StandardCharsets.US_ASCII))));
  }

  @Override
  public String toString() {
    return "PossessionProof[" + thumbprint + "]";
  }
}
