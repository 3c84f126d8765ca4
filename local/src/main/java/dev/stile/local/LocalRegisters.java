package dev.stile.local;

import dev.stile.key.Bytes;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.token.KeyPairs;
import dev.stile.token.KeyRegister;
import dev.stile.token.KeyRegister.Entry;
import dev.stile.token.KeyRegister.Pair;
import dev.stile.token.KeyRegisters;
import dev.stile.token.PublishedKey;
import dev.stile.token.SigningAlgorithm;
import dev.stile.token.SigningKeys.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/// The registers of signing keys of a machine of one's own: in a file where state is kept, one key
/// a line, its private half wrapped under the root secret (RFC 5649). In an account the table and
/// KMS take this place, held to the same contracts.
final class LocalRegisters implements KeyRegisters, KeyPairs {
  private static final int RSA_BITS = 2048;
  private static final String NEVER = "-";

  private final @Nullable Path file;
  private final SecretKey wrapping;
  private final KeyPair first;
  private final Map<SigningAlgorithm, KeyRegister> registers =
      new EnumMap<>(SigningAlgorithm.class);

  /// The first pair is given: it signs the tokens of the identity provider too.
  LocalRegisters(@Nullable Path file, SecretKey wrapping, KeyPair first) {
    this.file = file;
    this.wrapping = wrapping;
    this.first = first;
  }

  @Override
  public synchronized KeyRegister read(SigningAlgorithm algorithm) {
    load();
    return registers.getOrDefault(algorithm, KeyRegister.empty(algorithm));
  }

  @Override
  public synchronized boolean keep(KeyRegister next) {
    if (read(next.algorithm()).version() != next.version() - 1) {
      return false;
    }
    registers.put(next.algorithm(), next);
    save();
    return true;
  }

  @Override
  public Pair make(SigningAlgorithm algorithm) {
    boolean isFirst = algorithm == SigningAlgorithm.ES256 && read(algorithm).entries().isEmpty();
    KeyPair made = isFirst ? first : generate(algorithm);
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.WRAP_MODE, wrapping);
      byte[] wrapped = cipher.wrap(made.getPrivate());
      return new Pair(PublishedKey.of(made.getPublic()), Bytes.of(wrapped));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK wraps keys", e);
    }
  }

  @Override
  public SigningKey open(Pair pair) {
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.UNWRAP_MODE, wrapping);
      String family = pair.key().key().getAlgorithm();
      var key = (PrivateKey) cipher.unwrap(pair.wrapped().array(), family, Cipher.PRIVATE_KEY);
      return new SigningKey(pair.key(), key);
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("a signing key cannot be unwrapped", e);
    }
  }

  private static Cipher cipher() throws GeneralSecurityException {
    return Cipher.getInstance("AES/KWP/NoPadding");
  }

  private static KeyPair generate(SigningAlgorithm algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.family());
      switch (algorithm) {
        case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
        case RS256 -> generator.initialize(RSA_BITS);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256 and RSA", e);
    }
  }

  /// Another process may have written since.
  private void load() {
    if (file == null || !Files.exists(file)) {
      return;
    }
    try {
      Map<SigningAlgorithm, List<Entry>> entries = new EnumMap<>(SigningAlgorithm.class);
      Map<SigningAlgorithm, Long> versions = new EnumMap<>(SigningAlgorithm.class);
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split(" ", -1);
        SigningAlgorithm algorithm = SigningAlgorithm.valueOf(parts[0]);
        versions.put(algorithm, Long.parseLong(parts[1]));
        entries.computeIfAbsent(algorithm, any -> new ArrayList<>()).add(entry(parts));
      }
      entries.forEach((algorithm, all) ->
          registers.put(
              algorithm, new KeyRegister(algorithm, versions.getOrDefault(algorithm, 0L), all)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing keys cannot be read", e);
    }
  }

  /// Whole or not at all.
  private void save() {
    if (file == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (KeyRegister register : registers.values()) {
      register.entries().forEach(entry -> lines.add(line(register, entry)));
    }
    try {
      Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "signing", null);
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(KeyRegister register, Entry entry) {
    Instant withdrawn = entry.withdrawn();
    return String.join(
        " ",
        register.algorithm().name(),
        Long.toString(register.version()),
        entry.published().toString(),
        entry.usedFrom().toString(),
        withdrawn == null ? NEVER : withdrawn.toString(),
        Bytes.of(entry.pair().key().key().getEncoded()).text(),
        entry.pair().wrapped().text());
  }

  private static Entry entry(String[] parts) throws GeneralSecurityException {
    PublicKey key =
        KeyFactory.getInstance(SigningAlgorithm.valueOf(parts[0]).family())
            .generatePublic(new X509EncodedKeySpec(Bytes.ofText(parts[5]).array()));
    return new Entry(
        new Pair(PublishedKey.of(key), Bytes.ofText(parts[6])),
        Instant.parse(parts[2]),
        Instant.parse(parts[3]),
        parts[4].equals(NEVER) ? null : Instant.parse(parts[4]));
  }
}
