package dev.stile.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.stile.verifier.Judgement.Reason;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Algorithms that the key does not have, and signatures that are none (A20).
final class SignatureAttacks {
  static final BigInteger N = Curve.P_256.toECParameterSpec().getOrder();

  private final Forge forge;
  private final List<Attack> attacks = new ArrayList<>();

  private SignatureAttacks(Forge forge) {
    this.forge = forge;
  }

  static List<Attack> all(Forge forge) {
    SignatureAttacks made = new SignatureAttacks(forge);
    try {
      made.none();
      made.names();
      made.symmetric();
      made.otherFamilies();
      made.forgedEs256();
      made.otherSizes();
      made.forgedRs256();
    } catch (JOSEException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    return made.attacks;
  }

  private void none() {
    for (String alg : List.of("none", "None", "NONE", "nOnE")) {
      String token = forge.withHeader("alg", '"' + alg + '"');
      add("alg " + alg + " unsigned", Reason.MALFORMED, Forge.unsigned(token) + ".");
      add("alg " + alg + " signed", Reason.ALGORITHM, token);
    }
    add("alg missing", Reason.ALGORITHM, forge.withoutHeader("alg"));
  }

  private void names() {
    for (String alg :
        List.of(
            "null",
            "1",
            "\"\"",
            "[\"ES256\"]",
            "{}",
            "\"es256\"",
            "\"ES256 \"",
            "\"ES256\\u0000\"",
            "\"ES384\"",
            "\"ES512\"",
            "\"ES256K\"",
            "\"EdDSA\"",
            "\"Ed25519\"",
            "\"RS256\"",
            "\"dir\"",
            "\"RSA1_5\"",
            "\"PBES2-HS256+A128KW\"")) {
      add(
          "alg " + alg + " over an ES256 signature",
          Reason.ALGORITHM,
          forge.withHeader("alg", alg));
    }
  }

  private void symmetric() throws JOSEException {
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    byte[] der = forge.ec.toECPublicKey().getEncoded();
    secrets.put("DER of the EC key", der);
    secrets.put("PEM of the EC key", Forge.bytes(pem(der)));
    secrets.put("JWK of the EC key", Forge.bytes(forge.ec.toPublicJWK().toJSONString()));
    secrets.put("x of the EC key", forge.ec.getX().decode());
    secrets.put("DER of the RSA key", forge.rsa.toRSAPublicKey().getEncoded());
    secrets.put("modulus of the RSA key", forge.rsa.getModulus().decode());
    for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
      add("HS256 with the " + secret.getKey(), Reason.ALGORITHM, mac(secret.getValue(), "HS256"));
    }
    add("HS512 with the PEM", Reason.ALGORITHM, mac(Forge.bytes(pem(der)), "HS512"));
    add(
        "HMAC under the name ES256",
        Reason.SIGNATURE,
        Forge.sign(
            header("ES256"), claims(), JWSAlgorithm.HS512, new MACSigner(Forge.bytes(pem(der)))));
  }

  private String mac(byte[] secret, String alg) throws JOSEException {
    return Forge.sign(header(alg), claims(), JWSAlgorithm.parse(alg), new MACSigner(secret));
  }

  private void otherFamilies() throws JOSEException, GeneralSecurityException {
    for (String alg : List.of("RS384", "RS512", "PS256", "PS384", "PS512")) {
      add(alg + " of the RSA key", Reason.ALGORITHM, forge.signRsa(alg, JWSAlgorithm.parse(alg)));
    }
    add("PS256 under the name RS256", Reason.SIGNATURE, forge.signRsa("RS256", JWSAlgorithm.PS256));
    add("RS512 under the name RS256", Reason.SIGNATURE, forge.signRsa("RS256", JWSAlgorithm.RS512));
    add(
        "RSA key under the name ES256",
        Reason.ALGORITHM,
        forge.signRsa("ES256", JWSAlgorithm.RS256));
    ECKey p384 = new ECKeyGenerator(Curve.P_384).generate();
    add(
        "ES384 of a P-384 key",
        Reason.ALGORITHM,
        Forge.sign(header("ES384"), claims(), JWSAlgorithm.ES384, p384));
    add(
        "ES384 under the name ES256",
        Reason.SIGNATURE,
        Forge.sign(header("ES256"), claims(), JWSAlgorithm.ES384, p384));
    Signature ed = Signature.getInstance("Ed25519");
    ed.initSign(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    ed.update(claims());
    add("Ed25519 under the name ES256", Reason.SIGNATURE, forge.signature(ed.sign()));
  }

  private void forgedEs256() throws JOSEException {
    byte[] good = Forge.signatureOf(forge.genuine());
    BigInteger r = new BigInteger(1, Arrays.copyOf(good, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, 32, 64));
    BigInteger zero = BigInteger.ZERO;
    BigInteger max = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    signature("psychic: r and s zero", rs(zero, zero));
    signature("r zero", rs(zero, s));
    signature("s zero", rs(r, zero));
    signature("r is n", rs(N, s));
    signature("s is n", rs(r, N));
    signature("r and s are n", rs(N, N));
    signature("r is n, s zero", rs(N, zero));
    signature("r is n + 1", rs(N.add(BigInteger.ONE), s));
    signature("s is 2^256 - 1", rs(r, max));
    signature("all ones", rs(max, max));
    signature("r and s one", rs(BigInteger.ONE, BigInteger.ONE));
    signature("r is n - 1", rs(N.subtract(BigInteger.ONE), s));
    signature("r and s swapped", rs(s, r));
    signature("first bit flipped", flipped(good, 0));
    signature("last bit flipped", flipped(good, 63));
    signature("of another token", Forge.signatureOf(forge.with("sub", "\"bob\"")));
    add("claims of another token", Reason.SIGNATURE, spliced());
    add(
        "of a stranger's key",
        Reason.SIGNATURE,
        Forge.sign(header("ES256"), claims(), JWSAlgorithm.ES256, forge.stranger));
    add("over the payload alone", Reason.SIGNATURE, forge.signature(overPayload()));
  }

  private String spliced() {
    String[] mallory = forge.with("sub", "\"mallory\"").split("\\.", -1);
    String[] alice = forge.genuine().split("\\.", -1);
    return alice[0] + "." + mallory[1] + "." + alice[2];
  }

  private byte[] overPayload() {
    return Forge.signatureOf(Forge.sign(new byte[0], claims(), JWSAlgorithm.ES256, forge.ec));
  }

  private void otherSizes() throws JOSEException {
    byte[] good = Forge.signatureOf(forge.genuine());
    for (int size : List.of(1, 32, 63, 65, 96, 128, 256)) {
      signature("cut or padded to " + size + " bytes", Arrays.copyOf(good, size));
    }
    byte[] shifted = new byte[65];
    System.arraycopy(good, 0, shifted, 1, 64);
    signature("with a zero in front", shifted);
    signature("as DER", ECDSA.transcodeSignatureToDER(good));
    byte[] wide = new byte[66];
    System.arraycopy(good, 0, wide, 1, 32);
    System.arraycopy(good, 32, wide, 34, 32);
    signature("with 33-byte scalars", wide);
  }

  private void forgedRs256() throws GeneralSecurityException, JOSEException {
    String genuine = forge.signRsa("RS256", JWSAlgorithm.RS256);
    byte[] good = Forge.signatureOf(genuine);
    Map<String, byte[]> forged = new LinkedHashMap<>();
    forged.put("zeros", new byte[256]);
    byte[] one = new byte[256];
    one[255] = 1;
    forged.put("one", one);
    forged.put("the modulus", forge.rsa.getModulus().decode());
    forged.put("cut to 255 bytes", Arrays.copyOf(good, 255));
    forged.put("padded to 257 bytes", Arrays.copyOf(good, 257));
    forged.put("bit flipped", flipped(good, 128));
    Signature sha1 = Signature.getInstance("SHA1withRSA");
    sha1.initSign(forge.rsa.toRSAPrivateKey());
    sha1.update(Forge.bytes(Forge.unsigned(genuine)));
    forged.put("over SHA-1", sha1.sign());
    forged.forEach((name, signature) ->
        add(
            "RS256 signature " + name,
            Reason.SIGNATURE,
            Forge.unsigned(genuine) + "." + url(signature)));
  }

  private static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] header(String alg) {
    Map<String, String> header = forge.header();
    header.put("alg", '"' + alg + '"');
    return Forge.bytes(Forge.json(header));
  }

  private byte[] claims() {
    return Forge.bytes(Forge.json(forge.claims()));
  }

  private static String pem(byte[] der) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END PUBLIC KEY-----\n";
  }

  static byte[] rs(BigInteger r, BigInteger s) {
    byte[] signature = new byte[64];
    copy(r, signature, 32);
    copy(s, signature, 64);
    return signature;
  }

  private static void copy(BigInteger value, byte[] into, int end) {
    byte[] bytes = value.toByteArray();
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, into, end - length, length);
  }

  private static byte[] flipped(byte[] good, int index) {
    byte[] bad = good.clone();
    bad[index] ^= 1;
    return bad;
  }

  private void signature(String name, byte[] signature) {
    add("signature " + name, Reason.SIGNATURE, forge.signature(signature));
  }

  private void add(String name, Reason expected, String token) {
    attacks.add(new Attack(name, expected, token));
  }
}
