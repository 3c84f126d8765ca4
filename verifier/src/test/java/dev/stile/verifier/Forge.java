package dev.stile.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// An issuer that knows nothing of the code under test: nimbus signs, members are raw JSON, so that
/// every token can be bent in one place and stay genuine in all others.
public final class Forge {
  static final URI ISSUER = URI.create("https://stile.example");
  static final String AUDIENCE = "payments";
  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  static final Requirement TRANSFER = Grants.require("transfer");

  final ECKey ec;
  final ECKey stranger;
  final RSAKey rsa;
  private final URI issuer;
  private final Instant now;

  public Forge() {
    this(ISSUER, key("ec"), NOW);
  }

  /// One in the name of a running issuer, with its key: its tokens are for the client `shop` and
  /// the audience `payments`, of the user `alice`, at this moment.
  public Forge(URI issuer, ECKey key, Instant now) {
    try {
      this.issuer = issuer;
      this.now = now;
      ec = key;
      stranger = key(key.getKeyID());
      rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static ECKey key(String kid) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private Forge(Forge keys, URI issuer, Instant now) {
    this.issuer = issuer;
    this.now = now;
    ec = keys.ec;
    stranger = keys.stranger;
    rsa = keys.rsa;
  }

  /// The same keys under another name.
  public Forge named(URI other) {
    return new Forge(this, other, now);
  }

  /// The same at another time.
  public Forge at(Instant time) {
    return new Forge(this, issuer, time);
  }

  public Instant now() {
    return now;
  }

  /// Its JWK set.
  public String published() {
    return "{\"keys\":[" + ec.toPublicJWK().toJSONString() + "]}";
  }

  KeySource keys() {
    return KeySource.of(
        publicKeys().entrySet().stream()
            .map(key -> VerificationKey.of(key.getKey(), key.getValue()))
            .toArray(VerificationKey[]::new));
  }

  /// Both of its keys by their `kid`.
  public Map<String, PublicKey> publicKeys() {
    try {
      return Map.of(ec.getKeyID(), ec.toECPublicKey(), "rsa", rsa.toRSAPublicKey());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  public GrantVerifier verifier() {
    return verifier(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  GrantVerifier verifier(Clock clock) {
    return Grants.verifier(ISSUER).audience(AUDIENCE).keys(keys()).clock(clock).build();
  }

  Map<String, String> header() {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("typ", "\"stepup+jwt\"");
    header.put("alg", "\"ES256\"");
    header.put("kid", "\"" + ec.getKeyID() + "\"");
    return header;
  }

  Map<String, String> claims() {
    long second = now.getEpochSecond();
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iss", "\"" + issuer + "\"");
    claims.put("sub", "\"alice\"");
    claims.put("aud", "\"payments\"");
    claims.put("client_id", "\"shop\"");
    claims.put("iat", Long.toString(second));
    claims.put("exp", Long.toString(second + 300));
    claims.put("jti", "\"grt_1\"");
    claims.put("auth_time", Long.toString(second));
    claims.put("acr", "\"aal2\"");
    claims.put("amr", "[\"otp\"]");
    claims.put("txn", "\"chl_1\"");
    claims.put("action", "\"transfer\"");
    claims.put("epoch", "3");
    claims.put("scope", "\"stepup:transfer\"");
    return claims;
  }

  /// What every attack bends in one place.
  public String genuine() {
    return sign(json(header()), json(claims()));
  }

  public String withHeader(String name, String json) {
    Map<String, String> header = header();
    header.put(name, json);
    return sign(json(header), json(claims()));
  }

  String withoutHeader(String name) {
    Map<String, String> header = header();
    header.remove(name);
    return sign(json(header), json(claims()));
  }

  public String with(String name, String json) {
    Map<String, String> claims = claims();
    claims.put(name, json);
    return sign(json(header()), json(claims));
  }

  String without(String name) {
    Map<String, String> claims = claims();
    claims.remove(name);
    return sign(json(header()), json(claims));
  }

  String times(long issued, long expires) {
    Map<String, String> claims = claims();
    claims.put("iat", Long.toString(now.getEpochSecond() + issued));
    claims.put("exp", Long.toString(now.getEpochSecond() + expires));
    return sign(json(header()), json(claims));
  }

  /// A payload as spelled, under a good header.
  String payload(String payload) {
    return sign(json(header()), payload);
  }

  String payload(byte[] payload) {
    return signEs256(bytes(json(header())), payload);
  }

  String sign(String header, String payload) {
    return signEs256(bytes(header), bytes(payload));
  }

  String signEs256(byte[] header, byte[] payload) {
    return sign(header, payload, JWSAlgorithm.ES256, ec);
  }

  static String sign(byte[] header, byte[] payload, JWSAlgorithm alg, ECKey key) {
    try {
      return sign(header, payload, alg, new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /// Under the RSA key, whatever the header says.
  String signRsa(String alg, JWSAlgorithm signWith) {
    try {
      return sign(bytes(rsaHeader(alg)), bytes(json(claims())), signWith, new RSASSASigner(rsa));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String rsaHeader(String alg) {
    return "{\"typ\":\"stepup+jwt\",\"alg\":\"" + alg + "\",\"kid\":\"rsa\"}";
  }

  static String sign(byte[] header, byte[] payload, JWSAlgorithm alg, JWSSigner signer) {
    String input = Base64URL.encode(header) + "." + Base64URL.encode(payload);
    try {
      return input + "." + signer.sign(new JWSHeader(alg), bytes(input));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /// The genuine token under another signature.
  String signature(byte[] signature) {
    return unsigned(genuine()) + "." + Base64URL.encode(signature);
  }

  static String unsigned(String token) {
    return token.substring(0, token.lastIndexOf('.'));
  }

  static byte[] signatureOf(String token) {
    return new Base64URL(token.substring(token.lastIndexOf('.') + 1)).decode();
  }

  static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
