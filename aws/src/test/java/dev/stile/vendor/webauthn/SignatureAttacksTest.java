package dev.stile.vendor.webauthn;

import static dev.stile.vendor.webauthn.Ceremonials.KEY;
import static dev.stile.vendor.webauthn.Ceremonials.KNOWN;
import static dev.stile.vendor.webauthn.Ceremonials.assertion;
import static dev.stile.vendor.webauthn.Ceremonials.key;
import static dev.stile.vendor.webauthn.Ceremonials.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.Ceremonies.Authentication;
import dev.stile.factor.webauthn.Ceremonies.Authentication.Authenticated;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureAttacksTest {
  private static final BigInteger N =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  @Test
  void refusesTheSignatureOfAnotherKey() {
    Passkey other = Passkey.of(Model.SECURITY_KEY);
    assertThat(assertion(other, KNOWN, Tampering.NONE.with(Step.RAW_ID, i -> KNOWN.id().array())))
        .isEqualTo(new Authentication.Refused(Refusal.SIGNATURE));
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "EDDSA", "RS256"})
  void refusesASignatureOfEveryOtherLength(Algorithm algorithm) {
    Passkey key = key(algorithm);
    CredentialRecord known = registered(key);
    for (int change : new int[] {-256, -65, -64, -32, -8, -2, -1, 1, 2, 8, 64}) {
      assertThat(
              assertion(
                  key, known, signature(s -> Arrays.copyOf(s, Math.max(0, s.length + change)))))
          .as("%+d bytes", change)
          .isEqualTo(new Authentication.Refused(Refusal.SIGNATURE));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "EDDSA", "RS256"})
  void refusesASignatureWithAnyByteChanged(Algorithm algorithm) {
    Passkey key = key(algorithm);
    CredentialRecord known = registered(key);
    for (int i = 0; i < 64; i += 3) {
      int at = i;
      assertThat(assertion(key, known, signature(s -> flipped(s, at))))
          .isEqualTo(new Authentication.Refused(Refusal.SIGNATURE));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "EDDSA", "RS256"})
  void refusesASignatureOfNothingButZeros(Algorithm algorithm) {
    Passkey key = key(algorithm);
    assertThat(assertion(key, registered(key), signature(s -> new byte[s.length])))
        .isEqualTo(new Authentication.Refused(Refusal.SIGNATURE));
  }

  /// CVE-2022-21449: such a pair fits every message and every key.
  @Test
  void refusesPsychicSignatures() {
    for (BigInteger r : new BigInteger[] {BigInteger.ZERO, N, N.shiftLeft(1)}) {
      for (BigInteger s : new BigInteger[] {BigInteger.ZERO, N, N.shiftLeft(1)}) {
        assertRefused(before -> der(r, s));
      }
    }
    assertRefused(before -> der(BigInteger.ONE, BigInteger.ZERO));
    assertRefused(before -> der(BigInteger.ZERO, BigInteger.ONE));
  }

  @Test
  void refusesValuesOutsideTheOrderOfTheCurve() {
    assertRefused(s -> der(r(s).add(N), s(s)));
    assertRefused(s -> der(r(s), s(s).add(N)));
    assertRefused(s -> der(r(s).negate(), s(s)));
    assertRefused(s -> der(r(s), s(s).negate()));
  }

  /// The negated half is another signature of the same key: it makes nobody else, and no library of
  /// the world's authenticators avoids it.
  @Test
  void takesTheOtherHalf() {
    assertThat(assertion(KEY, KNOWN, signature(s -> der(r(s), N.subtract(s(s))))))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  void refusesDerInAnotherSpelling() {
    assertRefused(s -> sequence(integer(r(s), 1), integer(s(s), 0)));
    assertRefused(s -> sequence(integer(r(s), 0), integer(s(s), 1)));
    assertRefused(s -> longLength(s));
    assertRefused(s -> indefinite(s));
    assertRefused(s -> sequence(integer(r(s), 0), integer(s(s), 0), new byte[] {0x05, 0x00}));
    assertRefused(s -> sequence(integer(r(s), 0)));
    assertRefused(s -> sequence());
    assertRefused(s -> set(s));
  }

  @Test
  void refusesTheFormOfOtherProtocols() {
    assertRefused(SignatureAttacksTest::fixedWidth);
  }

  private static void assertRefused(UnaryOperator<byte[]> change) {
    assertThat(assertion(KEY, KNOWN, signature(change)))
        .isEqualTo(new Authentication.Refused(Refusal.SIGNATURE));
  }

  private static Tampering signature(UnaryOperator<byte[]> change) {
    return Tampering.of(Step.SIGNATURE, change);
  }

  private static byte[] flipped(byte[] signature, int at) {
    signature[at] ^= 0x10;
    return signature;
  }

  private static byte[] der(BigInteger r, BigInteger s) {
    return sequence(integer(r, 0), integer(s, 0));
  }

  private static byte[] sequence(byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    return tagged(0x30, content.toByteArray());
  }

  private static byte[] integer(BigInteger value, int zeros) {
    byte[] octets = value.toByteArray();
    byte[] padded = new byte[octets.length + zeros];
    System.arraycopy(octets, 0, padded, zeros, octets.length);
    return tagged(0x02, padded);
  }

  private static byte[] tagged(int tag, byte[] content) {
    byte[] tagged = new byte[2 + content.length];
    tagged[0] = (byte) tag;
    tagged[1] = (byte) content.length;
    System.arraycopy(content, 0, tagged, 2, content.length);
    return tagged;
  }

  /// The length in two bytes where one is enough.
  private static byte[] longLength(byte[] der) {
    byte[] longer = new byte[der.length + 1];
    longer[0] = der[0];
    longer[1] = (byte) 0x81;
    System.arraycopy(der, 1, longer, 2, der.length - 1);
    return longer;
  }

  private static byte[] indefinite(byte[] der) {
    byte[] longer = Arrays.copyOf(der, der.length + 2);
    longer[1] = (byte) 0x80;
    return longer;
  }

  private static byte[] set(byte[] der) {
    der[0] = 0x31;
    return der;
  }

  private static byte[] fixedWidth(byte[] der) {
    byte[] fixed = new byte[64];
    byte[] r = r(der).toByteArray();
    byte[] s = s(der).toByteArray();
    for (int i = 1; i <= Math.min(32, r.length); i++) {
      fixed[32 - i] = r[r.length - i];
    }
    for (int i = 1; i <= Math.min(32, s.length); i++) {
      fixed[64 - i] = s[s.length - i];
    }
    return fixed;
  }

  private static BigInteger r(byte[] der) {
    return new BigInteger(Arrays.copyOfRange(der, 4, 4 + der[3]));
  }

  private static BigInteger s(byte[] der) {
    int start = 4 + der[3] + 2;
    return new BigInteger(Arrays.copyOfRange(der, start, start + der[start - 1]));
  }
}
