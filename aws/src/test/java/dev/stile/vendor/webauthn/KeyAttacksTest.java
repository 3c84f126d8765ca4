package dev.stile.vendor.webauthn;

import static dev.stile.vendor.webauthn.Ceremonials.registration;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.Ceremonies.Authentication;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremonies.Registration.Refused;
import dev.stile.factor.webauthn.Ceremonies.Registration.Registered;
import dev.stile.key.Bytes;
import dev.stile.testing.passkey.CborWriter;
import dev.stile.testing.passkey.CredentialKeys;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that must not be registered: they would make the signatures under them worth nothing.
class KeyAttacksTest {
  private static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  @Nested
  class OnCurves {
    private final KeyPair pair = CredentialKeys.generate(Algorithm.ES256);
    private final ECPublicKey key = (ECPublicKey) pair.getPublic();
    private final BigInteger x = key.getW().getAffineX();
    private final BigInteger y = key.getW().getAffineY();

    @Test
    void takesAPointOfTheCurve() {
      assertThat(registrationOf(point(octets(x), octets(y)))).isInstanceOf(Registered.class);
    }

    @Test
    void refusesAPointOffTheCurve() {
      assertRefused(point(octets(x), octets(y.xor(BigInteger.ONE))));
      assertRefused(point(octets(x.xor(BigInteger.ONE)), octets(y)));
      assertRefused(point(octets(y), octets(x)));
    }

    @Test
    void refusesThePointThatIsNone() {
      assertRefused(point(new byte[32], new byte[32]));
      assertRefused(point(new byte[32], octets(y)));
    }

    @Test
    void refusesCoordinatesBeyondThePrime() {
      assertRefused(point(octets(P), octets(y)));
      assertRefused(point(octets(x), octets(P)));
      byte[] most = new byte[32];
      Arrays.fill(most, (byte) 0xff);
      assertRefused(point(most, octets(y)));
      // The same point for whoever reduces: its x is small enough to be written with the prime.
      BigInteger small = BigInteger.valueOf(5);
      assertRefused(point(octets(small.add(P)), octets(sqrt(small))));
      assertThat(registrationOf(point(octets(small), octets(sqrt(small)))))
          .isInstanceOf(Registered.class);
    }

    @Test
    void refusesCoordinatesOfAnotherLength() {
      for (int length : new int[] {0, 1, 31, 33, 48, 64}) {
        assertRefused(point(Arrays.copyOf(octets(x), length), octets(y)));
        assertRefused(point(octets(x), Arrays.copyOf(octets(y), length)));
      }
      assertRefused(point(CredentialKeys.padded(x, 33), CredentialKeys.padded(y, 33)));
    }

    @Test
    void refusesACompressedPoint() {
      assertRefused(ec(1, octets(x), y.testBit(0)));
    }

    @Test
    void refusesAKeyOnAnotherCurve() {
      KeyPair p384 = CredentialKeys.generate(Algorithm.ES384);
      assertRefused(CredentialKeys.members(-7, p384.getPublic()));
      KeyPair p521 = CredentialKeys.generate("EC", new ECGenParameterSpec("secp521r1"));
      assertRefused(CredentialKeys.members(-7, p521.getPublic()));
      assertRefused(ec(2, octets(x), octets(y)));
      assertRefused(ec(8, octets(x), octets(y)));
    }

    /// A key that was taken in by older rules is refused at its next use.
    @Test
    void refusesToVerifyUnderSuchAKey() {
      Passkey passkey = Passkey.of(Model.SECURITY_KEY, Algorithm.ES256, pair);
      CredentialRecord known = Ceremonials.registered(passkey);
      Bytes off = Bytes.of(CborWriter.write(point(octets(x), octets(y.add(BigInteger.ONE)))));
      var bad =
          new CredentialRecord(
              known.id(), off, known.signCount(), known.backup(), known.authenticator());
      assertThat(Ceremonials.assertion(passkey, bad, Tampering.NONE))
          .isEqualTo(new Authentication.Refused(Refusal.PUBLIC_KEY));
    }

    private Map<Object, Object> point(byte[] x, byte[] y) {
      return ec(1, x, y);
    }

    private Map<Object, Object> ec(int curve, byte[] x, Object y) {
      Map<Object, Object> members = CredentialKeys.members(-7, key);
      members.put(-1, curve);
      members.put(-2, x);
      members.put(-3, y);
      return members;
    }

    /// p is 3 modulo 4.
    private BigInteger sqrt(BigInteger x) {
      BigInteger b = key.getParams().getCurve().getB();
      BigInteger square = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b).mod(P);
      BigInteger root = square.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
      assertThat(root.pow(2).mod(P)).isEqualTo(square);
      return root;
    }
  }

  @Nested
  class OfAlgorithms {
    private final KeyPair pair = CredentialKeys.generate(Algorithm.ES256);

    @ParameterizedTest
    @ValueSource(ints = {0, -9, -19, -37, -39, -47, -65535, -258, 5, -260})
    void refusesWhatIsNotOffered(int algorithm) {
      assertThat(registrationOf(CredentialKeys.members(algorithm, pair.getPublic())))
          .isEqualTo(new Refused(Refusal.ALGORITHM));
    }

    @Test
    void refusesWhatItVerifiesButDoesNotOffer() {
      KeyPair p384 = CredentialKeys.generate(Algorithm.ES384);
      assertThat(registrationOf(CredentialKeys.members(-35, p384.getPublic())))
          .isEqualTo(new Refused(Refusal.ALGORITHM));
    }

    @Test
    void refusesTheAlgorithmOfAnotherKindOfKey() {
      assertRefused(CredentialKeys.members(-257, pair.getPublic()));
      assertRefused(CredentialKeys.members(-8, pair.getPublic()));
      KeyPair ed = CredentialKeys.generate(Algorithm.EDDSA);
      assertRefused(CredentialKeys.members(-7, ed.getPublic()));
    }

    @Test
    void refusesAKeyWithoutItsParts() {
      for (Object label : new Object[] {1, 3, -1, -2, -3}) {
        Map<Object, Object> members = CredentialKeys.members(-7, pair.getPublic());
        members.remove(label);
        assertThat(registrationOf(members)).isEqualTo(new Refused(Refusal.MALFORMED));
      }
    }
  }

  @Nested
  class OfRsa {
    @Test
    void refusesAShortModulus() {
      KeyPair short1024 =
          CredentialKeys.generate(
              "RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4));
      assertRefused(CredentialKeys.members(-257, short1024.getPublic()));
      assertRefused(
          rsa(BigInteger.ONE.shiftLeft(2047).subtract(BigInteger.ONE), RSAKeyGenParameterSpec.F4));
    }

    @Test
    void refusesAModulusThatIsNone() {
      BigInteger n = modulus();
      assertRefused(rsa(n.add(BigInteger.ONE), RSAKeyGenParameterSpec.F4));
      assertRefused(
          rsa(BigInteger.ONE.shiftLeft(9000).add(BigInteger.ONE), RSAKeyGenParameterSpec.F4));
      assertRefused(octets(CredentialKeys.padded(n, 300), new byte[] {1, 0, 1}));
      assertRefused(octets(new byte[256], new byte[] {1, 0, 1}));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 17, 65535, 65536, 65538})
    void refusesABadExponent(int exponent) {
      assertRefused(rsa(modulus(), BigInteger.valueOf(exponent)));
    }

    private static BigInteger modulus() {
      Cbor.Members key = CborReader.only(Ceremonials.key(Algorithm.RS256).publicKey().array());
      return new BigInteger(1, CredentialKey.octets(key, new Cbor.Whole(-1)));
    }

    private static Map<Object, Object> rsa(BigInteger n, BigInteger e) {
      return octets(
          CredentialKeys.padded(n, (n.bitLength() + 7) / 8),
          CredentialKeys.padded(e, Math.max(1, (e.bitLength() + 7) / 8)));
    }

    private static Map<Object, Object> octets(byte[] n, byte[] e) {
      Map<Object, Object> members = new LinkedHashMap<>();
      members.put(1, 3);
      members.put(3, -257);
      members.put(-1, n);
      members.put(-2, e);
      return members;
    }
  }

  @Nested
  class OfEd25519 {
    /// Under each of these, one signature fits any message.
    @ParameterizedTest
    @ValueSource(
        strings = {
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0000000000000000000000000000000000000000000000000000000000000080",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        })
    void refusesPointsOfSmallOrder(String point) {
      assertRefused(ed(6, HexFormat.of().parseHex(point)));
    }

    @Test
    void refusesAnotherLengthOrCurve() {
      byte[] x = (byte[]) requireNonNull(members().get(-2));
      assertRefused(ed(6, Arrays.copyOf(x, 31)));
      assertRefused(ed(6, Arrays.copyOf(x, 33)));
      assertRefused(ed(7, x));
      assertRefused(ed(4, x));
    }

    private static Map<Object, Object> members() {
      return CredentialKeys.members(-8, CredentialKeys.generate(Algorithm.EDDSA).getPublic());
    }

    private static Map<Object, Object> ed(int curve, byte[] x) {
      Map<Object, Object> members = members();
      members.put(-1, curve);
      members.put(-2, x);
      return members;
    }
  }

  private static byte[] octets(BigInteger coordinate) {
    return CredentialKeys.padded(coordinate, 32);
  }

  private static void assertRefused(Map<Object, Object> key) {
    assertThat(registrationOf(key)).isEqualTo(new Refused(Refusal.PUBLIC_KEY));
  }

  private static Object registrationOf(Map<Object, Object> key) {
    return registration(
        Passkey.of(Model.SECURITY_KEY), Tampering.of(Step.PUBLIC_KEY, CborWriter.write(key)));
  }
}
