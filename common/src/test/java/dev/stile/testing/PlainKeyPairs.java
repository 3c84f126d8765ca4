package dev.stile.testing;

import dev.stile.key.Bytes;
import dev.stile.token.KeyPairs;
import dev.stile.token.KeyRegister.Pair;
import dev.stile.token.PublishedKey;
import dev.stile.token.SigningAlgorithm;
import dev.stile.token.SigningKeys.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/// Real pairs whose private halves nobody hides.
public final class PlainKeyPairs implements KeyPairs {
  @Override
  public Pair make(SigningAlgorithm algorithm) {
    try {
      KeyPairGenerator generator;
      if (algorithm == SigningAlgorithm.ES256) {
        generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
      }
      KeyPair made = generator.generateKeyPair();
      return new Pair(PublishedKey.of(made.getPublic()), Bytes.of(made.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public SigningKey open(Pair pair) {
    try {
      return new SigningKey(
          pair.key(),
          KeyFactory.getInstance(pair.key().key().getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pair.wrapped().array())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
