package dev.stile.key;

import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Seals and opens with AES-256-GCM. Tenant, subject, factor, use and version are authenticated
/// with the ciphertext, so that one moved to another item does not open (R29).
public final class Sealing {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int VERSION = 1;

  private final Keys keys;
  private final SecureRandom random;

  @Inject
  public Sealing(Keys keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  public Sealed seal(Subject subject, String factor, KeyUse use, Secret secret) {
    int epoch = keys.currentEpoch(subject.tenant());
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, subject, factor, use, epoch, nonce).doFinal(secret.reveal());
      byte[] bytes = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, bytes, NONCE_BYTES, sealed.length);
      return Sealed.of(epoch, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/GCM", e);
    }
  }

  /// @throws SealBroken if the ciphertext was changed or belongs to another item
  public Secret open(Subject subject, String factor, KeyUse use, Sealed sealed) {
    byte[] bytes = sealed.bytes();
    if (bytes.length <= NONCE_BYTES) {
      throw new SealBroken(null);
    }
    byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
    try {
      return Secret.of(
          cipher(Cipher.DECRYPT_MODE, subject, factor, use, sealed.epoch(), nonce)
              .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES));
    } catch (AEADBadTagException e) {
      throw new SealBroken(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/GCM", e);
    }
  }

  private Cipher cipher(
      int mode, Subject subject, String factor, KeyUse use, int epoch, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, keys.key(subject.tenant(), use, epoch), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        Fields.join(subject.tenant().id(), subject.id(), factor, use.name(), VERSION, epoch));
    return cipher;
  }
}
