package dev.stile.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/// The public key of a credential, and whether it signed. Authenticators sign as WebAuthn Level 3
/// §6.5.5 tells, ECDSA in DER.
sealed interface CredentialKey {
  boolean verifies(byte[] message, byte[] signature);

  /// From the JWK in a receipt (RFC 7517, RFC 8037).
  static CredentialKey of(Json.Members jwk) throws Malformed {
    try {
      return switch (text(jwk, "kty") + " " + jwk.text("crv").orElse("")) {
        case "EC P-256" -> new Ec(Curve.P_256, JWSAlgorithm.ES256, ec(jwk, Curve.P_256, 32));
        case "EC P-384" -> new Ec(Curve.P_384, JWSAlgorithm.ES384, ec(jwk, Curve.P_384, 48));
        case "EC P-521" -> new Ec(Curve.P_521, JWSAlgorithm.ES512, ec(jwk, Curve.P_521, 66));
        case "OKP Ed25519" -> new Ed(ed(jwk, NamedParameterSpec.ED25519, 32), 64);
        case "OKP Ed448" -> new Ed(ed(jwk, NamedParameterSpec.ED448, 57), 114);
        case "RSA " -> new Rsa(rsa(jwk));
        default -> throw new Malformed("Not a key of a credential");
      };
    } catch (JOSEException
        | GeneralSecurityException
        | IllegalArgumentException
        | IllegalStateException e) {
      throw new Malformed("Not a sound key");
    }
  }

  /// Nimbus looks at the range of both halves before the platform does (CVE-2022-21449).
  record Ec(Curve curve, JWSAlgorithm algorithm, ECDSAVerifier verifier) implements CredentialKey {
    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      try {
        byte[] halves =
            ECDSA.transcodeSignatureToConcat(
                signature, ECDSA.getSignatureByteArrayLength(algorithm));
        return verifier.verify(new JWSHeader(algorithm), message, Base64URL.encode(halves));
      } catch (JOSEException e) {
        return false;
      }
    }
  }

  record Ed(PublicKey key, int signatureBytes) implements CredentialKey {
    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      try {
        Signature verifier = Signature.getInstance("EdDSA");
        verifier.initVerify(key);
        verifier.update(message);
        return signature.length == signatureBytes && verifier.verify(signature);
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
  }

  record Rsa(Rs256 scheme) implements CredentialKey {
    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      return scheme.verifies(message, signature);
    }
  }

  /// The verifier refuses a point off the curve.
  private static ECDSAVerifier ec(Json.Members jwk, Curve curve, int size)
      throws Malformed, JOSEException {
    Base64URL x = Base64URL.encode(octets(jwk, "x", size));
    Base64URL y = Base64URL.encode(octets(jwk, "y", size));
    return new ECDSAVerifier(new ECKey.Builder(curve, x, y).build());
  }

  /// RFC 8032 §5.1.3: the last bit is the sign of x, the rest is y, from its least octet.
  private static PublicKey ed(Json.Members jwk, NamedParameterSpec curve, int size)
      throws Malformed, GeneralSecurityException {
    byte[] little = octets(jwk, "x", size);
    boolean odd = little[size - 1] < 0;
    byte[] big = new byte[size];
    for (int i = 0; i < size; i++) {
      big[size - 1 - i] = little[i];
    }
    big[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, big));
    return KeyFactory.getInstance("EdDSA").generatePublic(new EdECPublicKeySpec(curve, point));
  }

  private static Rs256 rsa(Json.Members jwk) throws Malformed, JOSEException {
    Base64URL n = Base64URL.encode(Base64Url.decode(text(jwk, "n")));
    Base64URL e = Base64URL.encode(Base64Url.decode(text(jwk, "e")));
    return new Rs256(new RSAKey.Builder(n, e).build().toRSAPublicKey());
  }

  private static byte[] octets(Json.Members jwk, String name, int size) throws Malformed {
    byte[] octets = Base64Url.decode(text(jwk, name));
    if (octets.length != size) {
      throw new Malformed("A coordinate of another size");
    }
    return octets;
  }

  private static String text(Json.Members jwk, String name) throws Malformed {
    return jwk.text(name).orElseThrow(() -> new Malformed("A key without " + name));
  }
}
