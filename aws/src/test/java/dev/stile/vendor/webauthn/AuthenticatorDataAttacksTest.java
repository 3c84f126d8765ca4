package dev.stile.vendor.webauthn;

import static dev.stile.testing.passkey.Passkey.AT;
import static dev.stile.testing.passkey.Passkey.BE;
import static dev.stile.testing.passkey.Passkey.BS;
import static dev.stile.testing.passkey.Passkey.ED;
import static dev.stile.testing.passkey.Passkey.UP;
import static dev.stile.testing.passkey.Passkey.UV;
import static dev.stile.vendor.webauthn.Ceremonials.CEREMONIES;
import static dev.stile.vendor.webauthn.Ceremonials.CHALLENGE;
import static dev.stile.vendor.webauthn.Ceremonials.KEY;
import static dev.stile.vendor.webauthn.Ceremonials.KNOWN;
import static dev.stile.vendor.webauthn.Ceremonials.OPTIONS;
import static dev.stile.vendor.webauthn.Ceremonials.PARTY;
import static dev.stile.vendor.webauthn.Ceremonials.USER;
import static dev.stile.vendor.webauthn.Ceremonials.assertRefused;
import static dev.stile.vendor.webauthn.Ceremonials.assertTaken;
import static dev.stile.vendor.webauthn.Ceremonials.assertion;
import static dev.stile.vendor.webauthn.Ceremonials.registered;
import static dev.stile.vendor.webauthn.Ceremonials.registration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.CredentialRecord.Backup;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.Authentication;
import dev.stile.factor.webauthn.Ceremonies.Authentication.Authenticated;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremonies.Registration.Refused;
import dev.stile.factor.webauthn.Ceremonies.Registration.Registered;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.key.Fields;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What an authenticator can say that must not be taken, properly signed.
class AuthenticatorDataAttacksTest {
  @Test
  void refusesTheHashOfAnotherRelyingParty() {
    assertRefused(Refusal.RELYING_PARTY, rpIdHash("evil.example"));
    assertRefused(Refusal.RELYING_PARTY, rpIdHash("login.example.org"));
    assertRefused(Refusal.RELYING_PARTY, rpIdHash("EXAMPLE.org"));
    assertRefused(Refusal.RELYING_PARTY, Tampering.of(Step.RP_ID_HASH, new byte[32]));
  }

  @Test
  void refusesAnAbsentUser() {
    assertRefused(Refusal.USER_PRESENCE, flags(f -> f & ~UP));
    assertRefused(Refusal.USER_PRESENCE, flags(f -> f & ~UP & ~UV));
  }

  @Tag("R14")
  @Test
  void refusesAnUnverifiedUserWhereTheCeremonyDemandsOne() {
    assertRefused(Refusal.USER_VERIFICATION, flags(f -> f & ~UV));
  }

  @Tag("R14")
  @Test
  void tellsAnUnverifiedUserWhereNoneIsDemanded() {
    var touch = new Ceremony(PARTY, CHALLENGE, USER, false);
    Authentication authentication =
        CEREMONIES.authenticate(touch, KNOWN, KEY.get(OPTIONS, flags(f -> f & ~UV)));
    assertThat(authentication)
        .isInstanceOfSatisfying(
            Authenticated.class, taken -> assertThat(taken.userVerified()).isFalse());
  }

  @Test
  void refusesABackupOfWhatCannotBeBackedUp() {
    assertRefused(Refusal.BACKUP_STATE, flags(f -> f | BS));
  }

  @Test
  void refusesACredentialThatBecomesEligibleForBackup() {
    assertThat(assertion(KEY, KNOWN, flags(f -> f | BE)))
        .isEqualTo(new Authentication.Refused(Refusal.BACKUP_STATE));
    assertThat(assertion(KEY, KNOWN, flags(f -> f | BE | BS)))
        .isEqualTo(new Authentication.Refused(Refusal.BACKUP_STATE));
  }

  @Test
  void refusesACredentialThatCeasesToBe() {
    Passkey synced = Passkey.of(Model.SYNCED);
    CredentialRecord known = registered(synced);
    assertThat(known.backup()).isEqualTo(new Backup(true, true));
    assertThat(assertion(synced, known, flags(f -> f & ~BE & ~BS)))
        .isEqualTo(new Authentication.Refused(Refusal.BACKUP_STATE));
  }

  @Test
  void tellsWhenABackupWasMadeOrLost() {
    Passkey synced = Passkey.of(Model.SYNCED);
    CredentialRecord known = registered(synced);
    assertThat(assertion(synced, known, flags(f -> f & ~BS)))
        .isEqualTo(new Authenticated(true, false, 0));
    assertThat(assertion(synced, known, Tampering.NONE))
        .isEqualTo(new Authenticated(true, true, 0));
  }

  /// §6.1: RFU bits mean nothing.
  @Test
  void ignoresReservedFlags() {
    assertTaken(flags(f -> f | 1 << 1 | 1 << 5));
  }

  @Tag("R15")
  @Test
  void refusesACounterThatWentBack() {
    assertThat(afterCounter(5, 4)).isEqualTo(new Authentication.Refused(Refusal.COUNTER));
    assertThat(afterCounter(10, 5)).isEqualTo(new Authentication.Refused(Refusal.COUNTER));
    assertThat(afterCounter(5, 0)).isEqualTo(new Authentication.Refused(Refusal.COUNTER));
  }

  @Tag("R15")
  @Test
  void refusesACounterThatStoodStill() {
    assertThat(afterCounter(5, 5)).isEqualTo(new Authentication.Refused(Refusal.COUNTER));
    assertThat(afterCounter(1, 1)).isEqualTo(new Authentication.Refused(Refusal.COUNTER));
  }

  /// Unsigned (§6.1): 32 bits of it.
  @Tag("R15")
  @Test
  void tellsTheCounterThatWasAsserted() {
    assertThat(afterCounter(1, 10)).isEqualTo(new Authenticated(true, false, 10));
    assertThat(afterCounter(0, 1)).isEqualTo(new Authenticated(true, false, 1));
    assertThat(afterCounter(0x7fff_ffffL, 0x8000_0000L))
        .isEqualTo(new Authenticated(true, false, 0x8000_0000L));
    assertThat(afterCounter(0xffff_ffffL, 1))
        .isEqualTo(new Authentication.Refused(Refusal.COUNTER));
  }

  @Tag("R15")
  @Test
  void takesWhatNeverCounts() {
    assertThat(afterCounter(0, 0)).isEqualTo(new Authenticated(true, false, 0));
  }

  /// Or a stranger could make a factor suspect.
  @Tag("R15")
  @Test
  void looksAtTheCounterOfAGoodSignatureOnly() {
    Tampering tampering = counter(1).with(Step.SIGNATURE, new Flip(40));
    assertThat(assertion(KEY, counted(5), tampering))
        .isEqualTo(new Authentication.Refused(Refusal.SIGNATURE));
  }

  @Tag("R16")
  @Test
  void refusesTheCredentialOfAnother() {
    Passkey other = Passkey.of(Model.SECURITY_KEY);
    assertThat(assertion(other, KNOWN, Tampering.NONE))
        .isEqualTo(new Authentication.Refused(Refusal.CREDENTIAL));
    assertThat(assertion(other, KNOWN, Tampering.NONE.with(Step.RAW_ID, id -> KNOWN.id().array())))
        .isEqualTo(new Authentication.Refused(Refusal.SIGNATURE));
  }

  @Tag("R16")
  @Test
  void refusesTheUserHandleOfAnother() {
    byte[] other = Fields.digest("bo");
    assertThat(assertion(KEY, KNOWN, Tampering.of(Step.USER_HANDLE, other)))
        .isEqualTo(new Authentication.Refused(Refusal.USER_HANDLE));
    assertThat(assertion(KEY, KNOWN, Tampering.of(Step.USER_HANDLE)))
        .isEqualTo(new Authentication.Refused(Refusal.USER_HANDLE));
    assertThat(assertion(KEY, KNOWN, Tampering.of(Step.USER_HANDLE, u -> Arrays.copyOf(u, 31))))
        .isEqualTo(new Authentication.Refused(Refusal.USER_HANDLE));
  }

  /// A key that keeps no user need not name one (§6.3.3 step 13): the challenge knows whose it is.
  @Test
  void takesAnAssertionWithoutAUserHandle() {
    var response = KEY.get(OPTIONS);
    var bare =
        new AssertionResponse(
            response.id(),
            response.clientData(),
            response.authenticatorData(),
            response.signature(),
            null);
    assertThat(CEREMONIES.authenticate(Ceremonials.CEREMONY, KNOWN, bare))
        .isInstanceOf(Authenticated.class);
  }

  @Tag("R16")
  @Test
  void refusesAnIdThatIsNotTheAttestedOne() {
    assertThat(register(Tampering.of(Step.RAW_ID, Fields.digest("another"))))
        .isEqualTo(new Refused(Refusal.CREDENTIAL));
    assertThat(register(Tampering.of(Step.ATTESTED_ID, Fields.digest("another"))))
        .isEqualTo(new Refused(Refusal.CREDENTIAL));
    assertThat(register(Tampering.of(Step.RAW_ID, id -> Arrays.copyOf(id, 31))))
        .isEqualTo(new Refused(Refusal.CREDENTIAL));
  }

  @Tag("R16")
  @Test
  void refusesAnEmptyOrOverlongId() {
    assertThat(register(id(0))).isEqualTo(new Refused(Refusal.CREDENTIAL));
    assertThat(register(id(1024))).isEqualTo(new Refused(Refusal.CREDENTIAL));
    assertThat(register(id(1023))).isInstanceOf(Registered.class);
    assertThat(register(id(1))).isInstanceOf(Registered.class);
  }

  @Test
  void refusesARegistrationWithoutAttestedData() {
    assertThat(register(flags(f -> f & ~AT))).isEqualTo(new Refused(Refusal.MALFORMED));
    assertThat(
            register(
                flags(f -> f & ~AT).with(Step.AUTHENTICATOR_DATA, data -> Arrays.copyOf(data, 37))))
        .isEqualTo(new Refused(Refusal.MALFORMED));
    assertThat(register(cut(37))).isEqualTo(new Refused(Refusal.MALFORMED));
  }

  @Test
  void refusesFlagsWithoutTheirData() {
    assertRefused(Refusal.MALFORMED, flags(f -> f | ED));
    assertThat(assertion(KEY, KNOWN, flags(f -> f | AT)))
        .isEqualTo(new Authentication.Refused(Refusal.MALFORMED));
  }

  /// §6.1 forbids what belongs to registrations.
  @Test
  void refusesAttestedDataInAnAssertion() {
    byte[] attested = registrationData();
    Tampering tampering =
        flags(f -> f | AT).with(Step.AUTHENTICATOR_DATA, data -> join(data, attested));
    assertThat(assertion(KEY, KNOWN, tampering))
        .isEqualTo(new Authentication.Refused(Refusal.MALFORMED));
  }

  @Test
  void takesExtensionsThatTheirFlagAnnounces() {
    byte[] none = {(byte) 0xa0};
    byte[] protect = {(byte) 0xa1, 0x6b, 'c', 'r', 'e', 'd', 'P', 'r', 'o', 't', 'e', 'c', 't', 2};
    assertTaken(extensions(none));
    assertTaken(extensions(protect));
  }

  @Test
  void refusesExtensionsThatAreNoMap() {
    assertRefused(Refusal.MALFORMED, extensions(new byte[] {1}));
    assertRefused(Refusal.MALFORMED, extensions(new byte[] {(byte) 0xa1, 0x61}));
    assertRefused(Refusal.MALFORMED, extensions(new byte[] {(byte) 0xbf, (byte) 0xff}));
  }

  @Test
  void refusesTrailingBytes() {
    assertRefused(
        Refusal.MALFORMED,
        Tampering.of(Step.AUTHENTICATOR_DATA, data -> Arrays.copyOf(data, data.length + 1)));
    assertRefused(Refusal.MALFORMED, extensions(new byte[] {(byte) 0xa0, 0}));
  }

  @Test
  void refusesDataOfEveryShorterLength() {
    for (int length = 0; length < 37; length++) {
      assertThat(assertion(KEY, KNOWN, cut(length)))
          .isEqualTo(new Authentication.Refused(Refusal.MALFORMED));
    }
    int whole = 37 + registrationData().length;
    for (int length = 37; length < whole; length++) {
      assertThat(register(cut(length))).isEqualTo(new Refused(Refusal.MALFORMED));
    }
    assertThat(register(cut(whole))).isInstanceOf(Registered.class);
  }

  private static Object register(Tampering tampering) {
    return registration(KEY.copy(0), tampering);
  }

  /// The attested data of the key: aaguid, id and public key.
  private static byte[] registrationData() {
    byte[] id = KNOWN.id().array();
    return join(
        new byte[16],
        ByteBuffer.allocate(2).putShort((short) id.length).array(),
        id,
        KNOWN.publicKey().array());
  }

  private static Authentication afterCounter(long known, long asserted) {
    return assertion(KEY, counted(known), counter(asserted));
  }

  private static CredentialRecord counted(long signCount) {
    return new CredentialRecord(
        KNOWN.id(), KNOWN.publicKey(), signCount, KNOWN.backup(), KNOWN.authenticator());
  }

  private static Tampering counter(long value) {
    return Tampering.of(Step.COUNTER, ByteBuffer.allocate(4).putInt((int) value).array());
  }

  private static Tampering id(int length) {
    byte[] id = new byte[length];
    Arrays.fill(id, (byte) 7);
    return Tampering.of(Step.ATTESTED_ID, id).with(Step.RAW_ID, before -> id);
  }

  private static Tampering cut(int length) {
    return Tampering.of(Step.AUTHENTICATOR_DATA, data -> Arrays.copyOf(data, length));
  }

  private static Tampering rpIdHash(String rpId) {
    return Tampering.of(Step.RP_ID_HASH, Fields.sha256(rpId.getBytes(StandardCharsets.UTF_8)));
  }

  private static Tampering extensions(byte... cbor) {
    return flags(f -> f | ED).with(Step.AUTHENTICATOR_DATA, data -> join(data, cbor));
  }

  private static Tampering flags(UnaryOperator<Integer> change) {
    return Tampering.of(
        Step.FLAGS, before -> new byte[] {change.apply((int) before[0]).byteValue()});
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer joined =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  /// Changes one bit.
  private record Flip(int at) implements UnaryOperator<byte[]> {
    @Override
    public byte[] apply(byte[] bytes) {
      bytes[at] ^= 1;
      return bytes;
    }
  }
}
