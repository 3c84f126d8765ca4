package dev.stile.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeyPairSpec;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

class CapturedKmsTest {
  private static final Map<String, String> CONTEXT = Map.of("tenant", "t1", "purpose", "seeds");
  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("a secret");

  private Capture capture;
  private KmsClient kms;
  private String key = "";

  @BeforeEach
  void start() {
    capture = Capture.start(new Inbox());
    kms = Sdk.client(KmsClient.builder(), capture.endpoint());
    key = kms.createKey().keyMetadata().arn();
  }

  @AfterEach
  void stop() {
    kms.close();
    capture.close();
  }

  @Test
  void opensWhatItSealedUnderTheSameContext() {
    var sealed = seal();
    var opened = kms.decrypt(d -> d.ciphertextBlob(sealed).encryptionContext(CONTEXT));
    assertThat(opened.plaintext()).isEqualTo(SECRET);
    assertThat(opened.keyId()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({"tenant,t2,purpose,seeds", "tenant,t1,purpose,otp", "tenantt,1,purpose,seeds"})
  void opensNothingUnderAnotherContext(String a, String isA, String b, String isB) {
    var sealed = seal();
    assertThatExceptionOfType(InvalidCiphertextException.class)
        .isThrownBy(() ->
            kms.decrypt(d -> d.ciphertextBlob(sealed).encryptionContext(Map.of(a, isA, b, isB))));
  }

  @Test
  void opensNothingWithoutTheContext() {
    var sealed = seal();
    assertThatExceptionOfType(InvalidCiphertextException.class)
        .isThrownBy(() -> kms.decrypt(d -> d.ciphertextBlob(sealed)));
  }

  @Test
  void opensNothingThatWasTamperedWith() {
    var bytes = seal().asByteArray();
    for (int at = 0; at < bytes.length; at += 7) {
      var tampered = bytes.clone();
      tampered[at] ^= 1;
      assertThatExceptionOfType(InvalidCiphertextException.class)
          .isThrownBy(() ->
              kms.decrypt(d ->
                  d.ciphertextBlob(SdkBytes.fromByteArray(tampered)).encryptionContext(CONTEXT)));
    }
    assertThatExceptionOfType(InvalidCiphertextException.class)
        .isThrownBy(() -> kms.decrypt(d -> d.ciphertextBlob(SECRET)));
  }

  @Test
  void opensNothingByAnotherKey() {
    var sealed = seal();
    var other = kms.createKey().keyMetadata().keyId();
    assertThatExceptionOfType(IncorrectKeyException.class)
        .isThrownBy(() ->
            kms.decrypt(d -> d.keyId(other).ciphertextBlob(sealed).encryptionContext(CONTEXT)));
  }

  @Test
  void knowsNoKeyThatWasNeverMade() {
    for (var name : new String[] {"11111111-2222-3333-4444-555555555555", "alias/none", "x"}) {
      assertThatExceptionOfType(NotFoundException.class)
          .isThrownBy(() -> kms.describeKey(d -> d.keyId(name)));
      assertThatExceptionOfType(NotFoundException.class)
          .isThrownBy(() -> kms.encrypt(e -> e.keyId(name).plaintext(SECRET)));
    }
  }

  @Test
  void makesDataKeysThatItOpensAgain() {
    var made =
        kms.generateDataKey(
            g -> g.keyId(key).keySpec(DataKeySpec.AES_256).encryptionContext(CONTEXT));
    assertThat(made.plaintext().asByteArray()).hasSize(32);
    assertThat(open(made.ciphertextBlob())).isEqualTo(made.plaintext());
    var hidden =
        kms.generateDataKeyWithoutPlaintext(
            g -> g.keyId(key).numberOfBytes(64).encryptionContext(CONTEXT));
    assertThat(open(hidden.ciphertextBlob()).asByteArray()).hasSize(64);
  }

  @Test
  void makesASigningPairWhosePrivateHalfOnlyItOpens() throws Exception {
    var made =
        kms.generateDataKeyPairWithoutPlaintext(g ->
            g.keyId(key).keyPairSpec(DataKeyPairSpec.ECC_NIST_P256).encryptionContext(CONTEXT));
    var pkcs8 = open(made.privateKeyCiphertextBlob()).asByteArray();
    var secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    assertThat(secret).isInstanceOf(ECPrivateKey.class);
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(secret);
    signer.update(SECRET.asByteArray());
    verify("EC", made.publicKey(), "SHA256withECDSA", SdkBytes.fromByteArray(signer.sign()));
  }

  @Test
  void makesAnRsaPairInTheClearWhenAsked() throws Exception {
    var made =
        kms.generateDataKeyPair(
            g -> g.keyId(key).keyPairSpec(DataKeyPairSpec.RSA_2048).encryptionContext(CONTEXT));
    assertThat(open(made.privateKeyCiphertextBlob())).isEqualTo(made.privateKeyPlaintext());
    assertThat(publicKey("RSA", made.publicKey()).getAlgorithm()).isEqualTo("RSA");
  }

  @ParameterizedTest
  @CsvSource({
    "ECC_NIST_P256,ECDSA_SHA_256,EC,SHA256withECDSA",
    "RSA_2048,RSASSA_PKCS1_V1_5_SHA_256,RSA,SHA256withRSA"
  })
  void signsAsAnyoneCanVerify(
      KeySpec spec, SigningAlgorithmSpec algorithm, String family, String java) throws Exception {
    var id =
        kms.createKey(c -> c.keySpec(spec).keyUsage(KeyUsageType.SIGN_VERIFY))
            .keyMetadata()
            .keyId();
    var published = kms.getPublicKey(g -> g.keyId(id));
    assertThat(published.signingAlgorithms()).containsExactly(algorithm);
    assertThat(published.keySpec()).isEqualTo(spec);
    var raw = kms.sign(s -> s.keyId(id).signingAlgorithm(algorithm).message(SECRET));
    verify(family, published.publicKey(), java, raw.signature());
    var digest = MessageDigest.getInstance("SHA-256").digest(SECRET.asByteArray());
    var digested =
        kms.sign(s ->
            s.keyId(id)
                .signingAlgorithm(algorithm)
                .messageType(MessageType.DIGEST)
                .message(SdkBytes.fromByteArray(digest)));
    verify(family, published.publicKey(), java, digested.signature());
  }

  @Test
  void usesNoKeyForWhatItIsNotMade() {
    var signing =
        kms.createKey(c -> c.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
            .keyMetadata()
            .keyId();
    assertThatExceptionOfType(InvalidKeyUsageException.class)
        .isThrownBy(() -> kms.encrypt(e -> e.keyId(signing).plaintext(SECRET)));
    assertThatExceptionOfType(InvalidKeyUsageException.class)
        .isThrownBy(() ->
            kms.sign(s ->
                s.keyId(key).signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256).message(SECRET)));
    assertThatExceptionOfType(KmsException.class)
        .isThrownBy(() -> kms.createKey(c -> c.keySpec(KeySpec.ECC_NIST_P256)))
        .satisfies(
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
  }

  @ParameterizedTest
  @EnumSource(
      value = KeySpec.class,
      names = {"ECC_NIST_P256", "RSA_2048"})
  void keepsKeysAcrossRestarts(KeySpec spec, @TempDir Path home) throws Exception {
    var file = home.resolve("made/where/missing");
    SdkBytes sealed;
    SdkBytes published;
    try (var first = Capture.start(new Inbox(), file);
        var before = Sdk.client(KmsClient.builder(), first.endpoint())) {
      var seeds = before.createKey().keyMetadata().keyId();
      before.createAlias(c -> c.aliasName("alias/seeds").targetKeyId(seeds));
      var tokens =
          before
              .createKey(c -> c.keySpec(spec).keyUsage(KeyUsageType.SIGN_VERIFY))
              .keyMetadata()
              .keyId();
      before.createAlias(c -> c.aliasName("alias/tokens").targetKeyId(tokens));
      sealed = before.encrypt(e -> e.keyId("alias/seeds").plaintext(SECRET)).ciphertextBlob();
      published = before.getPublicKey(g -> g.keyId("alias/tokens")).publicKey();
    }
    try (var second = Capture.start(new Inbox(), file);
        var after = Sdk.client(KmsClient.builder(), second.endpoint())) {
      assertThat(Files.getPosixFilePermissions(file))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      assertThat(after.decrypt(d -> d.ciphertextBlob(sealed)).plaintext()).isEqualTo(SECRET);
      assertThat(after.getPublicKey(g -> g.keyId("alias/tokens")).publicKey()).isEqualTo(published);
    }
  }

  private SdkBytes seal() {
    return kms.encrypt(e -> e.keyId(key).plaintext(SECRET).encryptionContext(CONTEXT))
        .ciphertextBlob();
  }

  private SdkBytes open(SdkBytes ciphertext) {
    return kms.decrypt(d -> d.ciphertextBlob(ciphertext).encryptionContext(CONTEXT)).plaintext();
  }

  private static PublicKey publicKey(String family, SdkBytes encoded) throws Exception {
    return KeyFactory.getInstance(family)
        .generatePublic(new X509EncodedKeySpec(encoded.asByteArray()));
  }

  private static void verify(String family, SdkBytes key, String algorithm, SdkBytes signature)
      throws Exception {
    var verifier = Signature.getInstance(algorithm);
    verifier.initVerify(publicKey(family, key));
    verifier.update(SECRET.asByteArray());
    assertThat(verifier.verify(signature.asByteArray())).isTrue();
  }
}
