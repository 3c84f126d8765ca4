package dev.stile.aws.kms;

import dev.stile.key.Keys.KeyUnavailable;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeyPairSpec;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextResponse;

/// What is asked of KMS: to make keys that nobody sees yet, and to unwrap them. The wrapping key is
/// named when unwrapping too, so that nobody can slip in one that they wrapped themselves.
final class Wrapping {
  private final KmsClient kms;
  private final String wrappingKey;

  Wrapping(KmsClient kms, WrappingKey wrappingKey) {
    this.kms = kms;
    this.wrappingKey = wrappingKey.arn();
  }

  byte[] newKey(Map<String, String> context) {
    return ask(() ->
        kms.generateDataKeyWithoutPlaintext(generate ->
                generate.keyId(wrappingKey).keySpec(DataKeySpec.AES_256).encryptionContext(context))
            .ciphertextBlob()
            .asByteArray());
  }

  GenerateDataKeyPairWithoutPlaintextResponse newPair(
      DataKeyPairSpec spec, Map<String, String> context) {
    return ask(() ->
        kms.generateDataKeyPairWithoutPlaintext(
            generate -> generate.keyId(wrappingKey).keyPairSpec(spec).encryptionContext(context)));
  }

  byte[] unwrap(byte[] wrapped, Map<String, String> context) {
    return ask(() ->
        kms.decrypt(decrypt ->
                decrypt
                    .keyId(wrappingKey)
                    .ciphertextBlob(SdkBytes.fromByteArray(wrapped))
                    .encryptionContext(context))
            .plaintext()
            .asByteArray());
  }

  private static <T> T ask(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new KeyUnavailable("KMS does not answer or refuses", e);
    }
  }
}
