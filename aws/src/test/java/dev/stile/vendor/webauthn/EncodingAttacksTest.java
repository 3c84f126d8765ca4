package dev.stile.vendor.webauthn;

import static dev.stile.vendor.webauthn.Ceremonials.CEREMONIES;
import static dev.stile.vendor.webauthn.Ceremonials.CEREMONY;
import static dev.stile.vendor.webauthn.Ceremonials.KEY;
import static dev.stile.vendor.webauthn.Ceremonials.KNOWN;
import static dev.stile.vendor.webauthn.Ceremonials.OPTIONS;
import static dev.stile.vendor.webauthn.Ceremonials.registration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.factor.webauthn.Ceremonies.Authentication;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremonies.Registration.Refused;
import dev.stile.factor.webauthn.Ceremonies.Registration.Registered;
import dev.stile.key.Bytes;
import dev.stile.testing.passkey.CborWriter;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// CBOR that a parser chokes on, and responses of random bytes: refused as malformed, and never
/// thrown.
@Tag("R25")
class EncodingAttacksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "00", // a number
        "a0", // no members
        "a1", // a member that is missing
        "a363666d74", // ends within
        "bf63666d74646e6f6e65ff", // of indefinite length
        "a163666d747f646e6f6e65ff", // a text of indefinite length
        "a161615fff", // bytes of indefinite length
        "a161619fff", // a list of indefinite length
        "a16161c000", // a tag
        "a16161f90000", // a float
        "a16161f7", // undefined
        "a16161f818", // a simple value in two bytes
        "a1616118", // a number that ends within
        "a161611bffffffffffffffff", // a number of 64 bits
        "a161613bffffffffffffffff",
        "a16161621c1d1e", // more bytes than the text has
        "a1616161ff", // a text that is no UTF-8
        "a2616100616101", // a key twice
        "a2010019000101", // a key twice, in two widths
        "a1a00000", // a map for a key
        "a1410000", // bytes for a key
        "a16161fc", // reserved
        "a16161ff" // a break without a beginning
      })
  void refusesCborThatIsNotCanonical(String hex) {
    byte[] cbor = HexFormat.of().parseHex(hex);
    assertMalformed(o -> cbor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5affffffff",
        "5b7fffffffffffffff",
        "5bffffffffffffffff",
        "59ffff",
        "7affffffff",
        "7b7fffffffffffffff",
        "9affffffff",
        "9b7fffffffffffffff",
        "9bffffffffffffffff",
        "baffffffff",
        "bb7fffffffffffffff",
        "bbffffffffffffffff"
      })
  void refusesHugeLengthsWithoutMakingRoomForThem(String head) {
    byte[] cbor = HexFormat.of().parseHex("a1617861" + "78" + head);
    assertMalformed(o -> cbor);
    assertMalformed(o -> HexFormat.of().parseHex(head));
    assertThat(registration(KEY, Tampering.of(Step.PUBLIC_KEY, HexFormat.of().parseHex(head))))
        .isEqualTo(new Refused(Refusal.MALFORMED));
  }

  @Test
  void refusesNestingThatWouldExhaustTheStack() {
    for (byte nest : new byte[] {(byte) 0x81, (byte) 0xa1, (byte) 0xd9}) {
      byte[] deep = new byte[100_000];
      Arrays.fill(deep, nest);
      assertMalformed(o -> deep);
      assertThat(registration(KEY, Tampering.of(Step.STATEMENT, deep)))
          .isEqualTo(new Refused(Refusal.MALFORMED));
    }
  }

  @Test
  void refusesTrailingBytes() {
    assertMalformed(o -> Arrays.copyOf(o, o.length + 1));
    assertMalformed(o -> join(o, o));
    byte[] key = KEY.publicKey().array();
    assertThat(registration(KEY, Tampering.of(Step.PUBLIC_KEY, Arrays.copyOf(key, 78))))
        .isEqualTo(new Refused(Refusal.MALFORMED));
  }

  @Test
  void refusesMembersThatAreMissingOrTooMany() {
    byte[] data = authenticatorData();
    assertMalformed(o -> CborWriter.write(Map.of("fmt", "none", "authData", data)));
    assertMalformed(o -> CborWriter.write(Map.of("attStmt", Map.of(), "authData", data)));
    assertMalformed(o -> CborWriter.write(Map.of("fmt", "none", "attStmt", Map.of())));
    assertMalformed(o ->
        CborWriter.write(Map.of("fmt", "none", "attStmt", Map.of(), "authData", data, "more", 1)));
    assertMalformed(o -> CborWriter.write(Map.of("fmt", 1, "attStmt", Map.of(), "authData", data)));
    assertMalformed(
        o -> CborWriter.write(Map.of("fmt", "none", "attStmt", List.of(), "authData", data)));
    assertMalformed(
        o -> CborWriter.write(Map.of("fmt", "none", "attStmt", Map.of(), "authData", "text")));
  }

  /// Authenticators differ in it, and it changes nothing.
  @Test
  void takesMembersInAnyOrder() {
    byte[] data = authenticatorData();
    for (Map<String, Object> members :
        List.<Map<String, Object>>of(
            new TreeMap<>(Map.of("fmt", "none", "attStmt", Map.of(), "authData", data)),
            Map.of("authData", data, "attStmt", Map.of(), "fmt", "none"))) {
      assertThat(
              registration(KEY, Tampering.of(Step.ATTESTATION_OBJECT, CborWriter.write(members))))
          .isInstanceOf(Registered.class);
    }
  }

  @Test
  void refusesEveryBeginningOfAnAttestationObject() {
    byte[] whole = KEY.create(OPTIONS).attestationObject().array();
    for (int length = 0; length < whole.length; length++) {
      int cut = length;
      assertMalformed(o -> Arrays.copyOf(o, cut));
    }
  }

  /// The same seed in every run.
  @Test
  void neverThrowsForRandomBytes() {
    var random = new Random(20260101);
    for (int i = 0; i < 500; i++) {
      assertThat(
              CEREMONIES.register(
                  CEREMONY,
                  AttestationPolicy.NONE,
                  new AttestationResponse(some(random), some(random), some(random), Set.of())))
          .isInstanceOf(Refused.class);
      assertThat(
              CEREMONIES.authenticate(
                  CEREMONY,
                  KNOWN,
                  new AssertionResponse(
                      KNOWN.id(), some(random), some(random), some(random), some(random))))
          .isInstanceOf(Authentication.Refused.class);
    }
  }

  private static void assertMalformed(UnaryOperator<byte[]> change) {
    assertThat(registration(KEY, Tampering.of(Step.ATTESTATION_OBJECT, change)))
        .isEqualTo(new Refused(Refusal.MALFORMED));
  }

  private static byte[] authenticatorData() {
    byte[] object = KEY.create(OPTIONS).attestationObject().array();
    return CborReader.only(object)
        .get(new Cbor.Text("authData"), Cbor.Octets.class)
        .value()
        .array();
  }

  private static Bytes some(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }
}
