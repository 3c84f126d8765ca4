package dev.stile.vendor.jose;

import dev.stile.token.PublishedKey;
import dev.stile.token.PublishedKeys;
import dev.stile.token.SigningAlgorithm;
import dev.stile.token.SigningKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;

/// One key at a time, and all that ever were.
final class KeyInMemory implements SigningKeys, PublishedKeys {
  private final List<SigningKey> keys = new ArrayList<>();

  static KeyInMemory ec() {
    return new KeyInMemory().rotate(ecPair());
  }

  static KeyInMemory rsa() {
    return new KeyInMemory().rotate(rsaPair());
  }

  KeyInMemory rotate(KeyPair pair) {
    keys.add(new SigningKey(PublishedKey.of(pair.getPublic()), pair.getPrivate()));
    return this;
  }

  @Override
  public SigningKey current(SigningAlgorithm any) {
    return keys.getLast();
  }

  @Override
  public List<PublishedKey> all() {
    return keys.stream().map(SigningKey::published).toList();
  }

  static KeyPair ecPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair rsaPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
