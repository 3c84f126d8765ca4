package dev.stile.engines;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import javax.crypto.Cipher;

/// The key pairs that the captured KMS makes and signs with, by the names KMS gives them. One
/// signing algorithm each: ES256 and RS256 are what a step-up token is signed with.
enum KeyPairSpec {
  ECC_NIST_P256("EC", 256, "ECDSA_SHA_256", "SHA256withECDSA") {
    @Override
    byte[] signDigest(KeyPair pair, byte[] digest) throws GeneralSecurityException {
      return signed(Signature.getInstance("NONEwithECDSA"), pair, digest);
    }
  },
  RSA_2048("RSA", 2_048, "RSASSA_PKCS1_V1_5_SHA_256", "SHA256withRSA") {
    @Override
    byte[] signDigest(KeyPair pair, byte[] digest) throws GeneralSecurityException {
      // With a private key this is the block type 1 that PKCS #1 v1.5 signatures are made of.
      var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, pair.getPrivate());
      cipher.update(SHA_256_DIGEST_INFO);
      return cipher.doFinal(digest);
    }
  };

  /// The DER of a DigestInfo for SHA-256, up to the digest (RFC 8017 §9.2, note 1).
  private static final byte[] SHA_256_DIGEST_INFO =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private final String family;
  private final int bits;
  private final String signingAlgorithm;
  private final String javaAlgorithm;

  KeyPairSpec(String family, int bits, String signingAlgorithm, String javaAlgorithm) {
    this.family = family;
    this.bits = bits;
    this.signingAlgorithm = signingAlgorithm;
    this.javaAlgorithm = javaAlgorithm;
  }

  String signingAlgorithm() {
    return signingAlgorithm;
  }

  KeyPair generate() {
    try {
      var generator = KeyPairGenerator.getInstance(family);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  KeyPair restore(byte[] pkcs8, byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
    var factory = KeyFactory.getInstance(family);
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo)),
        factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
  }

  byte[] sign(KeyPair pair, byte[] message) throws GeneralSecurityException {
    return signed(Signature.getInstance(javaAlgorithm), pair, message);
  }

  abstract byte[] signDigest(KeyPair pair, byte[] digest) throws GeneralSecurityException;

  private static byte[] signed(Signature signature, KeyPair pair, byte[] input)
      throws GeneralSecurityException {
    signature.initSign(pair.getPrivate());
    signature.update(input);
    return signature.sign();
  }
}
