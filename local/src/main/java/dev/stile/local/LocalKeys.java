package dev.stile.local;

import dev.stile.key.Fields;
import dev.stile.key.KeyUse;
import dev.stile.key.Keys;
import dev.stile.subject.Tenant;
import dev.stile.token.PublishedKey;
import dev.stile.token.SigningKeys.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Keys of a machine of one's own: derived from one root secret, in a file where state is kept. In
/// an account KMS takes this place, held to the same contract.
public final class LocalKeys implements Keys {
  private static final int ROOT_BYTES = 32;

  private final SecretKey root;
  private final SigningKey first;
  private final LocalRegisters registers;

  private LocalKeys(byte[] root, KeyPair pair, @Nullable Path file) {
    this.root = new SecretKeySpec(root, "HmacSHA256");
    this.first = new SigningKey(PublishedKey.of(pair.getPublic()), pair.getPrivate());
    var wrapping = new SecretKeySpec(derived("signing".getBytes(StandardCharsets.UTF_8)), "AES");
    Path beside = file == null ? null : file.resolveSibling(file.getFileName() + "-signing");
    this.registers = new LocalRegisters(beside, wrapping, pair);
  }

  /// The keys in this file, made at first use; without a file, keys that die with the process.
  public static LocalKeys in(@Nullable Path file) {
    try {
      if (file == null) {
        return parse(make(), null);
      }
      if (!Files.exists(file)) {
        keep(make(), file);
      }
      return parse(Files.readAllLines(file), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keys cannot be read", e);
    }
  }

  /// Whole or not at all, and by whoever is first; readable by its owner only.
  private static void keep(List<String> lines, Path file) throws IOException {
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "keys", null);
    try {
      Files.write(draft, lines);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster: its keys count.
    } finally {
      Files.delete(draft);
    }
  }

  private static List<String> make() throws GeneralSecurityException {
    byte[] root = new byte[ROOT_BYTES];
    new SecureRandom().nextBytes(root);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Base64.Encoder text = Base64.getEncoder();
    return List.of(
        text.encodeToString(root),
        text.encodeToString(pair.getPublic().getEncoded()),
        text.encodeToString(pair.getPrivate().getEncoded()));
  }

  private static LocalKeys parse(List<String> lines, @Nullable Path file)
      throws GeneralSecurityException {
    Base64.Decoder text = Base64.getDecoder();
    KeyFactory ec = KeyFactory.getInstance("EC");
    PrivateKey key = ec.generatePrivate(new PKCS8EncodedKeySpec(text.decode(lines.get(2))));
    var published = ec.generatePublic(new X509EncodedKeySpec(text.decode(lines.get(1))));
    return new LocalKeys(text.decode(lines.get(0)), new KeyPair(published, key), file);
  }

  @Override
  public int currentEpoch(Tenant tenant) {
    return FIRST_EPOCH;
  }

  @Override
  public SecretKey key(Tenant tenant, KeyUse use, int epoch) {
    if (epoch != FIRST_EPOCH) {
      throw new KeyUnavailable("there is no epoch " + epoch);
    }
    byte[] key = derived(Fields.join(tenant.id(), use.name(), epoch));
    return new SecretKeySpec(
        key, use == KeyUse.SEED || use == KeyUse.DESTINATION ? "AES" : "HmacSHA256");
  }

  private byte[] derived(byte[] name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(root);
      return mac.doFinal(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /// The pair of the identity provider, which is also the first that signs grants.
  SigningKey first() {
    return first;
  }

  /// The keys that sign grants, and those that did or will.
  LocalRegisters registers() {
    return registers;
  }
}
