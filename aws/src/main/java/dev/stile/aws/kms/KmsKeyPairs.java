package dev.stile.aws.kms;

import dev.stile.key.Bytes;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Tenant;
import dev.stile.token.KeyPairs;
import dev.stile.token.KeyRegister.Pair;
import dev.stile.token.PublishedKey;
import dev.stile.token.SigningAlgorithm;
import dev.stile.token.SigningKeys.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeyPairSpec;

/// Pairs that KMS makes and wraps. Whoever makes one sees its public half alone; only verify may
/// have one opened.
public final class KmsKeyPairs implements KeyPairs {
  private static final byte[] PROBE = {'s', 't', 'i', 'l', 'e'};

  private final Wrapping wrapping;
  private final Map<String, String> context;

  public KmsKeyPairs(KmsClient kms, WrappingKey wrappingKey, Tenant tenant) {
    this.wrapping = new Wrapping(kms, wrappingKey);
    this.context = Map.of("tenant", tenant.id(), "purpose", "SIGN");
  }

  /// @throws KeyUnavailable if KMS does not answer
  @Override
  public Pair make(SigningAlgorithm algorithm) {
    var made =
        switch (algorithm) {
          case ES256 -> wrapping.newPair(DataKeyPairSpec.ECC_NIST_P256, context);
          case RS256 -> wrapping.newPair(DataKeyPairSpec.RSA_2048, context);
        };
    try {
      PublicKey key =
          KeyFactory.getInstance(algorithm.family())
              .generatePublic(new X509EncodedKeySpec(made.publicKey().asByteArray()));
      return new Pair(
          PublishedKey.of(key), Bytes.of(made.privateKeyCiphertextBlob().asByteArray()));
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("KMS gave no key for " + algorithm, e);
    }
  }

  @Override
  public SigningKey open(Pair pair) {
    byte[] privateKey = wrapping.unwrap(pair.wrapped().array(), context);
    return new SigningKey(pair.key(), checked(privateKey, pair.key().key()));
  }

  /// The public half lies in the table in the clear. Grants that nobody can verify are found here,
  /// before one is signed.
  private static PrivateKey checked(byte[] pkcs8, PublicKey publicKey) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(publicKey.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      Signature signature =
          Signature.getInstance(
              publicKey instanceof ECPublicKey ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      if (!signature.verify(signed)) {
        throw new KeyUnavailable("the halves of the signing key do not match");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("the signing key cannot be used", e);
    }
  }
}
