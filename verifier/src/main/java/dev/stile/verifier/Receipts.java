package dev.stile.verifier;

import dev.stile.verifier.Json.Members;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.ReceiptClaims.Assertion;
import dev.stile.verifier.ReceiptJudgement.Accepted;
import dev.stile.verifier.ReceiptJudgement.Fault;
import dev.stile.verifier.ReceiptJudgement.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Judges receipts, offline and whenever: neither a clock nor a network is asked. Nothing in a
/// receipt is believed for being signed by the issuer alone. The challenge is derived again from
/// the claims, and the user's own key must have signed that one (WebAuthn Level 3 §7.2).
public final class Receipts {
  private static final String TYPE = "stile-receipt+jwt";
  private static final int MAX_LENGTH = 64 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private static final int FLAGS_AT = 32;
  private static final int MIN_DATA_BYTES = 37;
  private static final int USER_PRESENT = 1;
  private static final int USER_VERIFIED = 1 << 2;

  private Receipts() {}

  /// Never throws, whatever it is given. `jwks` is the issuer's JWK set (RFC 7517 §5) of the time
  /// of the receipt, from where it was kept: keys are withdrawn a day after their last use.
  public static ReceiptJudgement verify(@Nullable String receipt, String jwks) {
    try {
      CompactJws jws = CompactJws.parse(receipt, MAX_LENGTH);
      GrantHeader header = GrantHeader.of(jws.header(), TYPE);
      VerificationKey key = key(jwks, header.kid());
      Unproven.unless(header.alg().equals(key.algorithm().name()), Fault.HEADER);
      Unproven.unless(jws.isSignedBy(key), Fault.SIGNATURE);
      return new Accepted(proven(ReceiptClaims.of(jws.claims())));
    } catch (Malformed e) {
      return new Refused(Fault.MALFORMED);
    } catch (Refusal e) {
      return new Refused(e.reason() == Reason.CLAIMS ? Fault.CLAIMS : Fault.HEADER);
    } catch (Unproven e) {
      return new Refused(e.fault());
    }
  }

  private static VerificationKey key(String jwks, String kid) throws Unproven {
    Optional<Map<String, VerificationKey>> keys =
        JwkSetReader.read(jwks.getBytes(StandardCharsets.UTF_8));
    return keys.map(set -> set.get(kid)).orElseThrow(() -> new Unproven(Fault.KEY));
  }

  private static VerifiedReceipt proven(ReceiptClaims claims) throws Unproven, Malformed {
    Unproven.unless(
        claims.digests().binding().equals(BindingHash.of(claims.approval().binding()).value()),
        Fault.BINDING);
    Unproven.unless(
        claims
            .digests()
            .display()
            .equals(Sha256.text(claims.approval().display().getBytes(StandardCharsets.UTF_8))),
        Fault.DISPLAY);
    String origin = checkClientData(claims);
    boolean userVerified = checkAuthenticatorData(claims);
    checkSignature(claims);
    return new VerifiedReceipt(claims, origin, userVerified);
  }

  /// The origin at which the user was asked.
  private static String checkClientData(ReceiptClaims claims) throws Unproven, Malformed {
    Members client = JsonReader.object(text(claims.evidence().assertion().clientData().array()));
    Unproven.unless(client.text("type").equals(Optional.of("webauthn.get")), Fault.RELYING_PARTY);
    String challenge =
        Base64.getUrlEncoder().withoutPadding().encodeToString(AssertedChallenge.of(claims));
    Unproven.unless(client.text("challenge").equals(Optional.of(challenge)), Fault.CHALLENGE);
    return client.text("origin").orElseThrow(() -> new Malformed("Client data without origin"));
  }

  /// The text as clients decode it (§7.2 step 8).
  private static byte[] text(byte[] clientData) {
    boolean marked =
        Arrays.equals(clientData, 0, Math.min(3, clientData.length), BYTE_ORDER_MARK, 0, 3);
    return marked ? Arrays.copyOfRange(clientData, 3, clientData.length) : clientData;
  }

  /// Whether the authenticator verified its user (§6.1).
  private static boolean checkAuthenticatorData(ReceiptClaims claims) throws Unproven, Malformed {
    byte[] data = claims.evidence().assertion().authenticatorData().array();
    if (data.length < MIN_DATA_BYTES) {
      throw new Malformed("Authenticator data that is too short");
    }
    Unproven.unless(
        Arrays.equals(Arrays.copyOf(data, FLAGS_AT), Sha256.of(claims.evidence().relyingParty())),
        Fault.RELYING_PARTY);
    boolean userVerified = (data[FLAGS_AT] & USER_VERIFIED) != 0;
    Unproven.unless((data[FLAGS_AT] & USER_PRESENT) != 0, Fault.USER);
    Unproven.unless(userVerified || !claims.approval().level().amr().contains("user"), Fault.USER);
    return userVerified;
  }

  private static void checkSignature(ReceiptClaims claims) throws Unproven {
    CredentialKey key;
    try {
      key = CredentialKey.of(claims.evidence().key());
    } catch (Malformed e) {
      throw new Unproven(Fault.PUBLIC_KEY);
    }
    Assertion assertion = claims.evidence().assertion();
    byte[] data = assertion.authenticatorData().array();
    byte[] message = Arrays.copyOf(data, data.length + 32);
    System.arraycopy(Sha256.of(assertion.clientData().array()), 0, message, data.length, 32);
    Unproven.unless(key.verifies(message, assertion.signature().array()), Fault.ASSERTION);
  }
}
