package dev.stile.testing.passkey;

import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// One credential on an authenticator, with the client before it: answers creation and request
/// options as WebAuthn Level 3 §6 tells it, unless tampered with. Counts its signatures from 1
/// where it counts at all.
public final class Passkey {
  /// The flags of authenticator data (§6.1).
  public static final int UP = 1;

  public static final int UV = 1 << 2;
  public static final int BE = 1 << 3;
  public static final int BS = 1 << 4;
  public static final int AT = 1 << 6;
  public static final int ED = 1 << 7;

  private final Algorithm algorithm;
  private final KeyPair pair;
  private final Bytes id;
  private final Model model;
  private long signCount;

  private Passkey(Algorithm algorithm, KeyPair pair, Model model) {
    this.algorithm = algorithm;
    this.pair = pair;
    this.id = Bytes.of(Fields.digest(pair.getPublic().getEncoded()));
    this.model = model;
  }

  /// What kind of device it is: the flags that it sets beside UP, whether it counts, and whether it
  /// signs its own attestation.
  public record Model(UUID aaguid, int flags, boolean counts, boolean selfAttests) {
    /// A security key with a PIN.
    public static final Model SECURITY_KEY = new Model(new UUID(0, 0), UV, true, false);

    /// The same without one: it knows a touch and nothing else.
    public static final Model TOUCH_ONLY = new Model(new UUID(0, 0), 0, true, false);

    /// A password manager that keeps its passkeys in several places.
    public static final Model SYNCED = new Model(new UUID(0, 0), UV | BE | BS, false, false);

    public static final Model SELF_ATTESTED = new Model(new UUID(0, 7), UV, true, true);
  }

  /// What a relying party asks for, and the origin at which it does.
  public record Options(String rpId, String origin, Bytes challenge, Bytes userHandle) {}

  public static Passkey of(Model model) {
    return of(model, Algorithm.ES256);
  }

  public static Passkey of(Model model, Algorithm algorithm) {
    return new Passkey(algorithm, CredentialKeys.generate(algorithm), model);
  }

  /// On a key that may not suit the algorithm.
  public static Passkey of(Model model, Algorithm algorithm, KeyPair pair) {
    return new Passkey(algorithm, pair, model);
  }

  public Bytes id() {
    return id;
  }

  public Bytes publicKey() {
    return Bytes.of(CredentialKeys.cose(algorithm, pair.getPublic()));
  }

  /// Two of one credential, as a thief would have it.
  public Passkey copy(long signCount) {
    var copy = new Passkey(algorithm, pair, model);
    copy.signCount = signCount;
    return copy;
  }

  public AttestationResponse create(Options options) {
    return create(options, Tampering.NONE);
  }

  public AttestationResponse create(Options options, Tampering tampering) {
    byte[] client = clientData("webauthn.create", options, tampering);
    byte[] data = authenticatorData(options, AT, attested(tampering), tampering);
    Map<Object, Object> statement = new LinkedHashMap<>();
    if (model.selfAttests()) {
      statement.put("alg", algorithm.cose());
      statement.put("sig", signature(data, client, tampering));
    }
    Map<Object, Object> attestation = new LinkedHashMap<>();
    attestation.put("fmt", model.selfAttests() ? "packed" : "none");
    byte[] written = tampering.apply(Step.STATEMENT, CborWriter.write(statement));
    attestation.put("attStmt", new CborWriter.Raw(Bytes.of(written)));
    attestation.put("authData", data);
    byte[] object = tampering.apply(Step.ATTESTATION_OBJECT, CborWriter.write(attestation));
    return new AttestationResponse(
        rawId(tampering), Bytes.of(client), Bytes.of(object), Set.of("internal"));
  }

  public AssertionResponse get(Options options) {
    return get(options, Tampering.NONE);
  }

  public AssertionResponse get(Options options, Tampering tampering) {
    byte[] client = clientData("webauthn.get", options, tampering);
    byte[] data = authenticatorData(options, 0, new byte[0], tampering);
    return new AssertionResponse(
        rawId(tampering),
        Bytes.of(client),
        Bytes.of(data),
        Bytes.of(signature(data, client, tampering)),
        Bytes.of(tampering.apply(Step.USER_HANDLE, options.userHandle().array())));
  }

  private static byte[] clientData(String type, Options options, Tampering tampering) {
    String json =
        "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
            .formatted(
                tampering.applyText(Step.TYPE, type),
                tampering.applyText(Step.CHALLENGE, options.challenge().text()),
                tampering.applyText(Step.ORIGIN, options.origin()));
    return tampering.apply(Step.CLIENT_DATA, json.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] authenticatorData(
      Options options, int moreFlags, byte[] attested, Tampering tampering) {
    signCount += model.counts() ? 1 : 0;
    byte[] party = Fields.sha256(options.rpId().getBytes(StandardCharsets.UTF_8));
    byte[] flags = {(byte) (UP | model.flags() | moreFlags)};
    byte[] counter = ByteBuffer.allocate(4).putInt((int) signCount).array();
    var out = new ByteArrayOutputStream();
    out.writeBytes(tampering.apply(Step.RP_ID_HASH, party));
    out.writeBytes(tampering.apply(Step.FLAGS, flags));
    out.writeBytes(tampering.apply(Step.COUNTER, counter));
    out.writeBytes(attested);
    return tampering.apply(Step.AUTHENTICATOR_DATA, out.toByteArray());
  }

  private byte[] attested(Tampering tampering) {
    byte[] aaguid =
        ByteBuffer.allocate(16)
            .putLong(model.aaguid().getMostSignificantBits())
            .putLong(model.aaguid().getLeastSignificantBits())
            .array();
    byte[] attestedId = tampering.apply(Step.ATTESTED_ID, id.array());
    var out = new ByteArrayOutputStream();
    out.writeBytes(tampering.apply(Step.AAGUID, aaguid));
    out.writeBytes(ByteBuffer.allocate(2).putShort((short) attestedId.length).array());
    out.writeBytes(attestedId);
    out.writeBytes(tampering.apply(Step.PUBLIC_KEY, publicKey().array()));
    return out.toByteArray();
  }

  private byte[] signature(byte[] data, byte[] client, Tampering tampering) {
    var message = new ByteArrayOutputStream();
    message.writeBytes(data);
    message.writeBytes(Fields.sha256(client));
    return tampering.apply(
        Step.SIGNATURE, CredentialKeys.sign(algorithm, pair, message.toByteArray()));
  }

  private Bytes rawId(Tampering tampering) {
    return Bytes.of(tampering.apply(Step.RAW_ID, id.array()));
  }
}
