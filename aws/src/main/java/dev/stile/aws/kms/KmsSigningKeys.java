package dev.stile.aws.kms;

import dev.stile.aws.kms.SigningItems.WrappedPair;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Tenant;
import dev.stile.token.PublishedKey;
import dev.stile.token.SigningKeys;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// The P-256 pair that signs a deployment's grants, made by KMS at first use. Processes that start
/// together agree on the one that was kept first. Only verify may have this.
public final class KmsSigningKeys implements SigningKeys {
  private static final byte[] PROBE = {'s', 't', 'i', 'l', 'e'};

  private final Wrapping wrapping;
  private final SigningItems items;
  private final Tenant tenant;
  private final Once<Tenant, SigningKey> keys = new Once<>(this::load);

  @Inject
  public KmsSigningKeys(
      KmsClient kms,
      WrappingKey wrappingKey,
      DynamoDbClient client,
      KeyTable table,
      Tenant tenant) {
    this.wrapping = new Wrapping(kms, wrappingKey);
    this.items = new SigningItems(client, table, tenant);
    this.tenant = tenant;
  }

  /// @throws KeyUnavailable if KMS or the table does not answer
  @Override
  public SigningKey current() {
    return keys.get(tenant);
  }

  private SigningKey load(Tenant tenant) {
    WrappedPair pair = items.current().orElseGet(this::make);
    PublishedKey published = pair.published();
    byte[] privateKey = wrapping.unwrap(pair.wrappedPrivateKey(), context());
    return new SigningKey(published, checked(privateKey, published.key()));
  }

  private WrappedPair make() {
    var made = wrapping.newPair(context());
    return items.putIfAbsent(
        new WrappedPair(
            made.publicKey().asByteArray(), made.privateKeyCiphertextBlob().asByteArray()));
  }

  private Map<String, String> context() {
    return Map.of("tenant", tenant.id(), "purpose", "SIGN");
  }

  /// The public half lies in the table in the clear. Grants that nobody can verify are found here,
  /// before one is signed.
  private static PrivateKey checked(byte[] pkcs8, PublicKey publicKey) {
    try {
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      Signature signature = Signature.getInstance("SHA256withECDSA");
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
      throw new KeyUnavailable("the signing key is no P-256 key", e);
    }
  }
}
