package dev.stile.lambda.authorizer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stile.verifier.KeySource;
import dev.stile.verifier.KeySource.Lookup;
import dev.stile.verifier.VerificationKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// An access token as a provider gave it out, under a signature of ours; `with` bends one claim of
/// it.
record RecordedToken(Map<String, Object> header, Map<String, Object> claims) {
  private static final RSAKey KEY = key();

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static RecordedToken of(String name) {
    try (InputStream in = RecordedToken.class.getResourceAsStream("tokens/" + name + ".json")) {
      byte[] json = Objects.requireNonNull(in, name).readAllBytes();
      var file = JSONObjectUtils.parse(new String(json, StandardCharsets.UTF_8));
      return new RecordedToken(
          JSONObjectUtils.getJSONObject(file, "header"),
          JSONObjectUtils.getJSONObject(file, "claims"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /// Our key under whatever `kid` is asked for, as if each provider published it.
  static KeySource keys() {
    return kid -> {
      try {
        return new Lookup.Found(VerificationKey.of(kid, KEY.toRSAPublicKey()));
      } catch (JOSEException e) {
        throw new AssertionError(e);
      }
    };
  }

  RecordedToken with(String claim, Object value) {
    Map<String, Object> bent = new HashMap<>(claims);
    bent.put(claim, value);
    return new RecordedToken(header, bent);
  }

  RecordedToken without(String claim) {
    Map<String, Object> bent = new HashMap<>(claims);
    bent.remove(claim);
    return new RecordedToken(header, bent);
  }

  RecordedToken withHeader(String member, Object value) {
    Map<String, Object> bent = new HashMap<>(header);
    bent.put(member, value);
    return new RecordedToken(bent, claims);
  }

  String signed() {
    String input = part(header) + "." + part(claims);
    try {
      byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
      return input + "." + new RSASSASigner(KEY).sign(new JWSHeader(JWSAlgorithm.RS256), bytes);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static Base64URL part(Map<String, Object> members) {
    return Base64URL.encode(JSONObjectUtils.toJSONString(members));
  }
}
