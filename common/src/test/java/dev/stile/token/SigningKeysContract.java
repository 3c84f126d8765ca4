package dev.stile.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.token.SigningKeys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every pair of [SigningKeys] and [PublishedKeys] over the same storage holds to.
@Tag("R30")
public abstract class SigningKeysContract {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);
  private static final int PROCESSES = 8;

  /// The signer as a process that just started has it: new on each call, over one storage for each
  /// test.
  protected abstract SigningKeys startSigner();

  /// The same for a process that only publishes.
  protected abstract PublishedKeys startPublisher();

  @Test
  void signsWhatItsPublicHalfVerifies() throws Exception {
    SigningKey key = startSigner().current();

    assertThat(verifies(key.published(), sign(key))).isTrue();
  }

  @Test
  void publishesTheKeyThatSigns() throws Exception {
    SigningKey key = startSigner().current();

    assertThat(startPublisher().all()).containsExactly(key.published());
    assertThat(verifies(startPublisher().all().getFirst(), sign(key))).isTrue();
  }

  @Test
  void publishesInAProcessThatStartedBeforeTheFirstKey() {
    PublishedKeys early = startPublisher();
    assertThat(early.all()).hasSizeLessThan(2);

    SigningKey key = startSigner().current();

    assertThat(early.all()).containsExactly(key.published());
  }

  @Test
  void keepsTheKeyOverARestart() {
    PublishedKey before = startSigner().current().published();

    assertThat(startSigner().current().published()).isEqualTo(before);
  }

  @Test
  void givesOneAndTheSameKeyWithinAProcess() {
    SigningKeys signer = startSigner();

    assertThat(signer.current()).isSameAs(signer.current());
  }

  @Test
  void agreesOnOneKeyWhenManyStartTogether() throws Exception {
    List<Callable<PublishedKey>> starts = new ArrayList<>();
    for (int process = 0; process < PROCESSES; process++) {
      SigningKeys signer = startSigner();
      starts.add(() -> signer.current().published());
      starts.add(() -> signer.current().published());
    }
    Set<PublishedKey> seen = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(starts.size())) {
      for (var start : threads.invokeAll(starts)) {
        seen.add(start.get());
      }
    }

    assertThat(seen).hasSize(1);
    assertThat(startPublisher().all()).containsExactlyElementsOf(seen);
  }

  @Test
  void namesTheKeyByItsThumbprint() {
    PublishedKey published = startSigner().current().published();

    assertThat(published).isEqualTo(PublishedKey.of(published.key()));
  }

  @Test
  void showsNoKeyWhenPrinted() {
    SigningKey key = startSigner().current();

    assertThat(key.toString()).isEqualTo("SigningKey[" + key.published().kid() + "]");
  }

  private static byte[] sign(SigningKey key) throws Exception {
    Signature signature = signature(key.published());
    signature.initSign(key.key());
    signature.update(TEXT);
    return signature.sign();
  }

  private static boolean verifies(PublishedKey key, byte[] signed) throws Exception {
    Signature signature = signature(key);
    signature.initVerify(key.key());
    signature.update(TEXT);
    return signature.verify(signed);
  }

  private static Signature signature(PublishedKey key) throws Exception {
    return Signature.getInstance(
        key.key() instanceof ECPublicKey ? "SHA256withECDSA" : "SHA256withRSA");
  }
}
