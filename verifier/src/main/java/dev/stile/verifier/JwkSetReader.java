package dev.stile.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// RFC 7517 §5, a JWK set, of which the keys fit for grants are kept. A key that also shows its
/// private half is one that anybody may sign with, and is left out.
final class JwkSetReader {
  private static final Set<String> PRIVATE =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");
  private static final int COORDINATE_BYTES = 32;

  private JwkSetReader() {}

  /// Empty for anything that is no set of usable keys, or in which one `kid` names two of them.
  static Optional<Map<String, VerificationKey>> read(byte[] body) {
    Json.Members document;
    try {
      document = JsonReader.object(body);
    } catch (Malformed e) {
      return Optional.empty();
    }
    if (!(document.get("keys").orElse(Json.Literal.NULL) instanceof Json.Items(List<Json> items))) {
      return Optional.empty();
    }
    Map<String, VerificationKey> keys = new HashMap<>();
    for (Json item : items) {
      if (!(item instanceof Json.Members jwk)) {
        return Optional.empty();
      }
      Optional<VerificationKey> key = key(jwk);
      if (key.isPresent() && keys.put(key.get().kid(), key.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(keys)).filter(set -> !set.isEmpty());
  }

  /// A key that somebody shows to prove that he holds it: it has no name but its thumbprint.
  static Optional<VerificationKey> proven(Json.Members jwk) {
    Map<String, Json> named = new HashMap<>(jwk.values());
    named.put("kid", new Json.Text("proven"));
    return key(new Json.Members(named));
  }

  private static Optional<VerificationKey> key(Json.Members jwk) {
    if (!Collections.disjoint(jwk.values().keySet(), PRIVATE) || !isForSignatures(jwk)) {
      return Optional.empty();
    }
    try {
      Optional<VerificationKey> key =
          switch (jwk.text("kty").orElse("")) {
            case "EC" -> Optional.of(ec(jwk));
            case "RSA" -> Optional.of(rsa(jwk));
            default -> Optional.empty();
          };
      return key.filter(fit -> isAbsentOr(jwk, "alg", fit.algorithm().name()));
    } catch (Malformed | JOSEException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static boolean isForSignatures(Json.Members jwk) {
    boolean operations =
        jwk.get("key_ops")
            .map(value ->
                value instanceof Json.Items items
                    && items.texts().filter(names -> names.contains("verify")).isPresent())
            .orElse(true);
    return operations && isAbsentOr(jwk, "use", "sig");
  }

  private static boolean isAbsentOr(Json.Members jwk, String name, String value) {
    return !jwk.has(name) || jwk.text(name).equals(Optional.of(value));
  }

  /// RFC 7518 §6.2.1.2: a coordinate has the full size of its curve, so that a key has one
  /// spelling.
  private static VerificationKey ec(Json.Members jwk) throws Malformed, JOSEException {
    String x = required(jwk, "x");
    String y = required(jwk, "y");
    if (!required(jwk, "crv").equals(Curve.P_256.getName())
        || Base64Url.decode(x).length != COORDINATE_BYTES
        || Base64Url.decode(y).length != COORDINATE_BYTES) {
      throw new Malformed("Not a key on P-256");
    }
    ECKey key = new ECKey.Builder(Curve.P_256, new Base64URL(x), new Base64URL(y)).build();
    return VerificationKey.of(required(jwk, "kid"), key.toECPublicKey());
  }

  private static VerificationKey rsa(Json.Members jwk) throws Malformed, JOSEException {
    String n = required(jwk, "n");
    String e = required(jwk, "e");
    Base64Url.decode(n);
    Base64Url.decode(e);
    RSAKey key = new RSAKey.Builder(new Base64URL(n), new Base64URL(e)).build();
    return VerificationKey.of(required(jwk, "kid"), key.toRSAPublicKey());
  }

  private static String required(Json.Members jwk, String name) throws Malformed {
    return jwk.text(name).orElseThrow(() -> new Malformed("A key without " + name));
  }
}
