package dev.stile.engines;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// A key that never leaves the captured KMS.
sealed interface KmsKey {
  UUID id();

  Instant createdAt();

  default String arn() {
    return Aws.arn("kms", "key/" + id());
  }

  /// Signs. The material is the pair itself.
  record Signing(UUID id, Instant createdAt, KeyPairSpec spec, KeyPair pair) implements KmsKey {}

  /// Seals by AES-256-GCM. A ciphertext is a version byte, the key's id, the nonce, and what GCM
  /// gives; all before the nonce and the encryption context are authenticated with it.
  record Sealing(UUID id, Instant createdAt, SecretKey material) implements KmsKey {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    byte[] seal(byte[] plaintext, SortedMap<String, String> context, SecureRandom random) {
      var nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      try {
        var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plaintext);
        return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + sealed.length)
            .put(header())
            .put(nonce)
            .put(sealed)
            .array();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    byte[] open(byte[] ciphertext, SortedMap<String, String> context) {
      try {
        var nonce = Arrays.copyOfRange(ciphertext, HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
        var offset = HEADER_BYTES + NONCE_BYTES;
        return cipher(Cipher.DECRYPT_MODE, nonce, context)
            .doFinal(ciphertext, offset, ciphertext.length - offset);
      } catch (AEADBadTagException e) {
        throw invalid();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /// The key that a ciphertext says it was sealed by.
    static UUID sealerOf(byte[] ciphertext) {
      if (ciphertext.length < HEADER_BYTES + NONCE_BYTES + TAG_BITS / 8
          || ciphertext[0] != VERSION) {
        throw invalid();
      }
      var header = ByteBuffer.wrap(ciphertext, 1, 2 * Long.BYTES);
      return new UUID(header.getLong(), header.getLong());
    }

    /// KMS says no more than this, whether the ciphertext, the key or the context is wrong.
    static Refusal invalid() {
      return Refusal.of("InvalidCiphertextException", "");
    }

    private Cipher cipher(int mode, byte[] nonce, SortedMap<String, String> context)
        throws GeneralSecurityException {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, material, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(header());
      context.forEach((name, value) -> {
        cipher.updateAAD(prefixed(name));
        cipher.updateAAD(prefixed(value));
      });
      return cipher;
    }

    private byte[] header() {
      return ByteBuffer.allocate(HEADER_BYTES)
          .put(VERSION)
          .putLong(id.getMostSignificantBits())
          .putLong(id.getLeastSignificantBits())
          .array();
    }

    private static byte[] prefixed(String text) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(Integer.BYTES + bytes.length)
          .putInt(bytes.length)
          .put(bytes)
          .array();
    }
  }
}
