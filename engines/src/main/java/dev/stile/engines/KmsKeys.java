package dev.stile.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The keys of the captured KMS and their aliases, in a file if one is given: a line each, written
/// anew and moved into place whenever one is added, so that a crash leaves the old or the new. Only
/// its owner may read it.
final class KmsKeys {
  private static final String AES = "AES";
  private static final String ALIAS = "alias/";

  private final Map<UUID, KmsKey> keys = new LinkedHashMap<>();
  private final Map<String, UUID> aliases = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final @Nullable Path file;

  private KmsKeys(@Nullable Path file) {
    this.file = file;
  }

  static KmsKeys inMemory() {
    return new KmsKeys(null);
  }

  static KmsKeys in(Path file) {
    var keys = new KmsKeys(file.toAbsolutePath());
    try {
      if (Files.exists(file)) {
        for (var line : Files.readAllLines(file)) {
          keys.restore(line.split(" "));
        }
      }
      return keys;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new EngineFailure("Cannot read the keys in " + file, e);
    }
  }

  synchronized KmsKey.Sealing createSealing() {
    var material = new byte[32];
    random.nextBytes(material);
    return add(
        new KmsKey.Sealing(UUID.randomUUID(), Instant.now(), new SecretKeySpec(material, AES)));
  }

  synchronized KmsKey.Signing createSigning(KeyPairSpec spec) {
    return add(new KmsKey.Signing(UUID.randomUUID(), Instant.now(), spec, spec.generate()));
  }

  synchronized void alias(String alias, KmsKey key) {
    if (!alias.startsWith(ALIAS)) {
      throw Refusal.of("ValidationException", "Alias must start with " + ALIAS);
    }
    if (aliases.putIfAbsent(alias, key.id()) != null) {
      throw Refusal.of("AlreadyExistsException", alias + " already exists");
    }
    keep();
  }

  /// By id, ARN, alias or the alias's ARN.
  synchronized KmsKey named(String name) {
    var own = Aws.arn("kms", "");
    var resource = name.startsWith(own) ? name.substring(own.length()) : name;
    var id =
        resource.startsWith(ALIAS)
            ? Optional.ofNullable(aliases.get(resource))
            : parsed(resource.startsWith("key/") ? resource.substring(4) : resource);
    return id.flatMap(this::by)
        .orElseThrow(() -> Refusal.of("NotFoundException", "Invalid keyId " + name));
  }

  synchronized Optional<KmsKey> by(UUID id) {
    return Optional.ofNullable(keys.get(id));
  }

  private static Optional<UUID> parsed(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private <K extends KmsKey> K add(K key) {
    keys.put(key.id(), key);
    keep();
    return key;
  }

  private void keep() {
    if (file == null) {
      return;
    }
    var lines = new ArrayList<String>();
    keys.values().forEach(key -> lines.add(line(key)));
    aliases.forEach((alias, id) -> lines.add(String.join(" ", "alias", id.toString(), alias)));
    try {
      var directory = Files.createDirectories(Objects.requireNonNull(file.getParent()));
      var next = Files.write(Files.createTempFile(directory, "keys", ".next"), lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new EngineFailure("Cannot keep the keys in " + file, e);
    }
  }

  private static String line(KmsKey key) {
    var id = key.id().toString();
    var createdAt = key.createdAt().toString();
    return switch (key) {
      case KmsKey.Sealing k ->
          String.join(" ", "sealing", id, createdAt, base64(k.material().getEncoded()));
      case KmsKey.Signing k ->
          String.join(
              " ",
              "signing",
              id,
              createdAt,
              k.spec().name(),
              base64(k.pair().getPrivate().getEncoded()),
              base64(k.pair().getPublic().getEncoded()));
    };
  }

  private void restore(String[] line) throws GeneralSecurityException {
    var id = UUID.fromString(line[1]);
    switch (line[0]) {
      case "sealing" ->
          keys.put(
              id,
              new KmsKey.Sealing(
                  id, Instant.parse(line[2]), new SecretKeySpec(bytes(line[3]), AES)));
      case "signing" -> {
        var spec = KeyPairSpec.valueOf(line[3]);
        var pair = spec.restore(bytes(line[4]), bytes(line[5]));
        keys.put(id, new KmsKey.Signing(id, Instant.parse(line[2]), spec, pair));
      }
      case "alias" -> aliases.put(line[2], id);
      default -> throw new IllegalArgumentException("a line of another version");
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
