package dev.stile.engines;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// KMS: JSON 1.1. Encryption contexts are authenticated, signatures are DER, and what a real key
/// would refuse is refused by the same name; grants, policies and key states are left out.
final class CapturedKms implements CapturedService {
  private static final String TARGET = "TrentService.";
  private static final String SYMMETRIC = "SYMMETRIC_DEFAULT";
  private static final String SEALS = "ENCRYPT_DECRYPT";
  private static final String SIGNS = "SIGN_VERIFY";
  private static final int LONGEST_PLAINTEXT_BYTES = 4_096;
  private static final int LONGEST_DATA_KEY_BYTES = 1_024;
  private static final int SHA_256_BYTES = 32;

  private final KmsKeys keys;
  private final SecureRandom random = new SecureRandom();

  CapturedKms(KmsKeys keys) {
    this.keys = keys;
  }

  @Override
  public boolean understands(Call call) {
    return call.header("X-Amz-Target").startsWith(TARGET);
  }

  @Override
  public String action(Call call) {
    return "kms:" + operation(call);
  }

  @Override
  public Answer answer(Call call) {
    var asked = Json.read(call.body());
    return json(
        200,
        switch (operation(call)) {
          case "CreateKey" -> createKey(asked);
          case "CreateAlias" -> createAlias(asked);
          case "DescribeKey" -> metadata(keys.named(asked.text("KeyId")));
          case "Encrypt" -> encrypt(asked);
          case "Decrypt" -> decrypt(asked);
          case "GenerateDataKey" -> dataKey(asked, true);
          case "GenerateDataKeyWithoutPlaintext" -> dataKey(asked, false);
          case "GenerateDataKeyPair" -> dataKeyPair(asked, true);
          case "GenerateDataKeyPairWithoutPlaintext" -> dataKeyPair(asked, false);
          case "Sign" -> sign(asked);
          case "GetPublicKey" -> publicKey(asked);
          default -> throw Refusal.of("UnknownOperationException", "not captured");
        });
  }

  private Consumer<JsonGenerator> createKey(Json asked) {
    var spec = asked.optional("KeySpec").orElse(SYMMETRIC);
    var usage = asked.optional("KeyUsage").orElse(SEALS);
    if (spec.equals(SYMMETRIC) && usage.equals(SEALS)) {
      return metadata(keys.createSealing());
    }
    if (spec.equals(SYMMETRIC) || !usage.equals(SIGNS)) {
      throw invalid("KeyUsage " + usage + " is not compatible with KeySpec " + spec);
    }
    return metadata(keys.createSigning(pairSpec(spec)));
  }

  private Consumer<JsonGenerator> createAlias(Json asked) {
    keys.alias(asked.text("AliasName"), keys.named(asked.text("TargetKeyId")));
    return nothing -> {};
  }

  private Consumer<JsonGenerator> encrypt(Json asked) {
    var key = sealing(keys.named(asked.text("KeyId")));
    var plaintext = asked.binary("Plaintext");
    if (plaintext.length == 0 || plaintext.length > LONGEST_PLAINTEXT_BYTES) {
      throw invalid("Plaintext of " + plaintext.length + " bytes");
    }
    return out -> {
      out.writeStringProperty("KeyId", key.arn());
      binary(out, "CiphertextBlob", seal(key, plaintext, asked));
      out.writeStringProperty("EncryptionAlgorithm", SYMMETRIC);
    };
  }

  /// The ciphertext tells its key; a key named as well must be that one.
  private Consumer<JsonGenerator> decrypt(Json asked) {
    var ciphertext = asked.binary("CiphertextBlob");
    var sealer = KmsKey.Sealing.sealerOf(ciphertext);
    var named = asked.optional("KeyId").map(keys::named);
    if (named.isPresent() && !named.get().id().equals(sealer)) {
      throw Refusal.of("IncorrectKeyException", "The key is not the one that encrypted");
    }
    var key = sealing(keys.by(sealer).orElseThrow(KmsKey.Sealing::invalid));
    var plaintext = key.open(ciphertext, asked.object("EncryptionContext").texts());
    return out -> {
      out.writeStringProperty("KeyId", key.arn());
      binary(out, "Plaintext", plaintext);
      out.writeStringProperty("EncryptionAlgorithm", SYMMETRIC);
    };
  }

  private Consumer<JsonGenerator> dataKey(Json asked, boolean revealed) {
    var key = sealing(keys.named(asked.text("KeyId")));
    var dataKey = new byte[dataKeyBytes(asked)];
    random.nextBytes(dataKey);
    return out -> {
      out.writeStringProperty("KeyId", key.arn());
      binary(out, "CiphertextBlob", seal(key, dataKey, asked));
      if (revealed) {
        binary(out, "Plaintext", dataKey);
      }
    };
  }

  private static int dataKeyBytes(Json asked) {
    var bytes =
        switch (asked.text("KeySpec")) {
          case "AES_256" -> 32;
          case "AES_128" -> 16;
          case "" -> number(asked.text("NumberOfBytes"));
          default -> 0;
        };
    if (bytes < 1 || bytes > LONGEST_DATA_KEY_BYTES) {
      throw invalid("Please specify either number of bytes or key spec.");
    }
    return bytes;
  }

  private Consumer<JsonGenerator> dataKeyPair(Json asked, boolean revealed) {
    var key = sealing(keys.named(asked.text("KeyId")));
    var spec = pairSpec(asked.text("KeyPairSpec"));
    var pair = spec.generate();
    var pkcs8 = pair.getPrivate().getEncoded();
    return out -> {
      out.writeStringProperty("KeyId", key.arn());
      out.writeStringProperty("KeyPairSpec", spec.name());
      binary(out, "PublicKey", pair.getPublic().getEncoded());
      binary(out, "PrivateKeyCiphertextBlob", seal(key, pkcs8, asked));
      if (revealed) {
        binary(out, "PrivateKeyPlaintext", pkcs8);
      }
    };
  }

  private Consumer<JsonGenerator> sign(Json asked) {
    var key = signing(keys.named(asked.text("KeyId")));
    var algorithm = key.spec().signingAlgorithm();
    if (!asked.text("SigningAlgorithm").equals(algorithm)) {
      throw Refusal.of("InvalidKeyUsageException", "The key signs by " + algorithm);
    }
    var signature = signature(key, asked.binary("Message"), asked.text("MessageType"));
    return out -> {
      out.writeStringProperty("KeyId", key.arn());
      binary(out, "Signature", signature);
      out.writeStringProperty("SigningAlgorithm", algorithm);
    };
  }

  private static byte[] signature(KmsKey.Signing key, byte[] message, String type) {
    var digested = type.equals("DIGEST");
    if (digested ? message.length != SHA_256_BYTES : message.length > LONGEST_PLAINTEXT_BYTES) {
      throw invalid("Message of " + message.length + " bytes");
    }
    try {
      return digested
          ? key.spec().signDigest(key.pair(), message)
          : key.spec().sign(key.pair(), message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Consumer<JsonGenerator> publicKey(Json asked) {
    var key = signing(keys.named(asked.text("KeyId")));
    return out -> {
      out.writeStringProperty("KeyId", key.arn());
      binary(out, "PublicKey", key.pair().getPublic().getEncoded());
      describe(out, key);
    };
  }

  private static Consumer<JsonGenerator> metadata(KmsKey key) {
    return out -> {
      out.writeObjectPropertyStart("KeyMetadata");
      out.writeStringProperty("AWSAccountId", Aws.ACCOUNT);
      out.writeStringProperty("KeyId", key.id().toString());
      out.writeStringProperty("Arn", key.arn());
      out.writeNumberProperty("CreationDate", key.createdAt().getEpochSecond());
      out.writeBooleanProperty("Enabled", true);
      out.writeStringProperty("KeyState", "Enabled");
      out.writeStringProperty("Origin", "AWS_KMS");
      out.writeStringProperty("KeyManager", "CUSTOMER");
      out.writeBooleanProperty("MultiRegion", false);
      describe(out, key);
      out.writeEndObject();
    };
  }

  private static void describe(JsonGenerator out, KmsKey key) {
    switch (key) {
      case KmsKey.Sealing any -> describe(out, SEALS, SYMMETRIC, "EncryptionAlgorithms", SYMMETRIC);
      case KmsKey.Signing k ->
          describe(out, SIGNS, k.spec().name(), "SigningAlgorithms", k.spec().signingAlgorithm());
    }
  }

  private static void describe(
      JsonGenerator out, String usage, String spec, String algorithms, String algorithm) {
    out.writeStringProperty("KeyUsage", usage);
    out.writeStringProperty("KeySpec", spec);
    out.writeStringProperty("CustomerMasterKeySpec", spec);
    out.writeArrayPropertyStart(algorithms);
    out.writeString(algorithm);
    out.writeEndArray();
  }

  private byte[] seal(KmsKey.Sealing key, byte[] plaintext, Json asked) {
    return key.seal(plaintext, asked.object("EncryptionContext").texts(), random);
  }

  private static void binary(JsonGenerator out, String name, byte[] bytes) {
    out.writeName(name);
    out.writeBinary(bytes);
  }

  private static KmsKey.Sealing sealing(KmsKey key) {
    return switch (key) {
      case KmsKey.Sealing sealing -> sealing;
      case KmsKey.Signing any -> throw unfit(key);
    };
  }

  private static KmsKey.Signing signing(KmsKey key) {
    return switch (key) {
      case KmsKey.Signing signing -> signing;
      case KmsKey.Sealing any -> throw unfit(key);
    };
  }

  private static Refusal unfit(KmsKey key) {
    return Refusal.of("InvalidKeyUsageException", key.arn() + " is not a key for this");
  }

  private static KeyPairSpec pairSpec(String name) {
    return Arrays.stream(KeyPairSpec.values())
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(() -> invalid("not captured: key spec " + name));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Refusal invalid(String why) {
    return Refusal.of("ValidationException", why);
  }

  private static String operation(Call call) {
    return call.header("X-Amz-Target").substring(TARGET.length());
  }

  @Override
  public Answer refuse(Refusal refusal) {
    return json(
        refusal.status(),
        out -> {
          out.writeStringProperty("__type", refusal.code());
          out.writeStringProperty("message", refusal.reason());
        });
  }

  @Override
  public Refusal throttled() {
    return Refusal.of("ThrottlingException", "Rate exceeded");
  }

  @Override
  public Refusal broken(String why) {
    return new Refusal(500, "KMSInternalException", why);
  }

  private static Answer json(int status, Consumer<JsonGenerator> members) {
    return Answer.of(status, "application/x-amz-json-1.1", Json.write(members));
  }
}
