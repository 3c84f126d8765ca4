package dev.stile.vendor.webauthn;

import static dev.stile.vendor.webauthn.Ceremonials.CHALLENGE;
import static dev.stile.vendor.webauthn.Ceremonials.ORIGIN;
import static dev.stile.vendor.webauthn.Ceremonials.assertRefused;
import static dev.stile.vendor.webauthn.Ceremonials.assertTaken;

import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremony.RelyingParty;
import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client can write into its client data, signed over by the authenticator: each in both
/// ceremonies.
class ClientDataAttacksTest {
  @Test
  void refusesTheTypeOfTheOtherCeremony() {
    assertRefused(
        Refusal.TYPE,
        Tampering.ofText(Step.TYPE, t -> t.endsWith("get") ? "webauthn.create" : "webauthn.get"));
  }

  @Tag("R17")
  @ParameterizedTest
  @ValueSource(strings = {"", "webauthn.GET", "WebAuthn.create", "payment.get", "webauthn.get "})
  void refusesAnotherType(String type) {
    assertRefused(Refusal.TYPE, Tampering.ofText(Step.TYPE, t -> type));
  }

  @Test
  void refusesAnotherChallenge() {
    assertRefusedChallenge(t -> Bytes.of(Fields.digest("another")).text());
  }

  @Test
  void refusesTheChallengeInAnotherSpelling() {
    assertRefusedChallenge(t -> t + "=");
    assertRefusedChallenge(t -> Base64.getEncoder().encodeToString(CHALLENGE.array()));
    assertRefusedChallenge(t -> t.substring(0, t.length() - 1) + neighbour(t));
    assertRefusedChallenge(t -> t.substring(0, 20) + "\\n" + t.substring(20));
  }

  @Test
  void refusesAPartOfTheChallenge() {
    assertRefusedChallenge(t -> "");
    assertRefusedChallenge(t -> t.substring(0, t.length() - 1));
    assertRefusedChallenge(t -> t + "A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://LOGIN.example.org",
        "HTTPS://login.example.org",
        "https://login.example.org/",
        "https://login.example.org//",
        "https://login.example.org#",
        "https://login.example.org?",
        "https://login.example.org/path",
        "https://login.example.org:443",
        "https://login.example.org:8443",
        "https://login.example.org.",
        "https://user@login.example.org",
        "https://login.example.org@evil.example",
        "https://login.example.org.evil.example",
        "https://evil.login.example.org",
        "https://example.org",
        "http://login.example.org",
        "wss://login.example.org",
        "https:login.example.org",
        "//login.example.org",
        "login.example.org",
        " https://login.example.org",
        "https://login.example.org ",
        "https://lo\u0261in.example.org",
        "https://xn--loin-qmc.example.org",
        "https://login\uff0eexample.org",
        "https://login%2eexample.org",
        "https://l\\u006fgin.example.org.",
        "https:\\\\\\\\login.example.org",
        "null",
        ""
      })
  void refusesAnOriginWrittenOtherwise(String origin) {
    assertRefused(Refusal.ORIGIN, Tampering.ofText(Step.ORIGIN, o -> origin));
  }

  /// An escape is a spelling of JSON, not of the origin.
  @Test
  void takesTheOriginInAnotherSpellingOfJson() {
    assertTaken(Tampering.ofText(Step.ORIGIN, o -> o.replace("login", "l\\u006fgin")));
  }

  @Tag("R17")
  @Test
  void refusesToRunWithinAnotherPage() {
    assertRefused(Refusal.CROSS_ORIGIN, json("false}", "true}"));
    assertRefused(
        Refusal.CROSS_ORIGIN, json("false}", "false,\"topOrigin\":\"https://shop.example\"}"));
    assertRefused(Refusal.CROSS_ORIGIN, json("false}", "true,\"topOrigin\":\"" + ORIGIN + "\"}"));
  }

  @Tag("R17")
  @Test
  void runsWithinThePagesOfThePolicyAlone() {
    var party = new RelyingParty("example.org", Set.of(ORIGIN), Set.of("https://shop.example"));
    assertTaken(party, json("false}", "true,\"topOrigin\":\"https://shop.example\"}"));
    assertTaken(party, json("false}", "true}"));
    assertRefused(
        party,
        Refusal.CROSS_ORIGIN,
        json("false}", "true,\"topOrigin\":\"https://evil.example\"}"));
    assertRefused(
        party,
        Refusal.CROSS_ORIGIN,
        json("false}", "true,\"topOrigin\":\"https://SHOP.example\"}"));
  }

  @Test
  void refusesAMemberTwice() {
    assertMalformed(json("{", "{\"type\":\"webauthn.get\","));
    assertMalformed(json("}", ",\"origin\":\"https://evil.example\"}"));
    assertMalformed(json("{", "{\"\\u006frigin\":\"https://evil.example\","));
    assertMalformed(json("}", ",\"more\":{\"a\":1,\"a\":2}}"));
  }

  @Test
  void ignoresAMemberThatNobodyKnows() {
    assertTaken(json("}", ",\"tokenBinding\":{\"status\":\"supported\"},\"extraData\":\"a\"}"));
  }

  /// WebAuthn Level 3 §7.1 step 5: UTF-8 decode strips one.
  @Test
  void stripsAByteOrderMark() {
    assertTaken(json("{", "\ufeff{"));
    assertMalformed(json("{", "\ufeff\ufeff{"));
  }

  @Test
  void refusesAnotherEncoding() {
    assertMalformed(raw(b -> text(b).getBytes(StandardCharsets.UTF_16)));
    assertMalformed(
        raw(b -> text(b).replace("false", "\"\u00e4\"").getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void refusesTrailingBytes() {
    assertMalformed(json("}", "}{}"));
    assertMalformed(json("}", "}\u0000"));
    assertMalformed(json("}", "},"));
    assertTaken(json("}", "}\n"));
  }

  @Test
  void refusesWhatIsNoJsonObject() {
    assertMalformed(raw(b -> new byte[0]));
    assertMalformed(json("}", ""));
    assertMalformed(raw(b -> "[]".getBytes(StandardCharsets.UTF_8)));
    assertMalformed(raw(b -> "null".getBytes(StandardCharsets.UTF_8)));
    assertMalformed(raw(b -> "{}".getBytes(StandardCharsets.UTF_8)));
    assertMalformed(raw(b -> Arrays.copyOf(b, b.length - 20)));
  }

  @Test
  void refusesMembersOfAnotherType() {
    assertMalformed(json("\"webauthn.", "7,\"a\":\"webauthn."));
    assertMalformed(json("false", "\"false\""));
    assertMalformed(json("false", "null"));
    assertMalformed(json("false}", "false,\"topOrigin\":null}"));
    assertMalformed(json("\"https://login.example.org\"", "[\"https://login.example.org\"]"));
  }

  @Test
  void refusesNestingThatWouldExhaustTheStack() {
    assertMalformed(json("}", ",\"a\":" + "[".repeat(7000) + "]".repeat(7000) + "}"));
    assertMalformed(json("}", ",\"a\":" + "[".repeat(40) + "]".repeat(40) + "}"));
  }

  @Test
  void refusesMoreThanARequestCanHold() {
    assertMalformed(json("}", ",\"a\":\"" + "a".repeat(17 * 1024) + "\"}"));
  }

  private static void assertMalformed(Tampering tampering) {
    assertRefused(Refusal.MALFORMED, tampering);
  }

  private static void assertRefusedChallenge(UnaryOperator<String> change) {
    assertRefused(Refusal.CHALLENGE, Tampering.ofText(Step.CHALLENGE, change));
  }

  private static Tampering json(String part, String replacement) {
    return raw(b -> {
      String json = text(b);
      int at = part.equals("}") ? json.lastIndexOf(part) : json.indexOf(part);
      return (json.substring(0, at) + replacement + json.substring(at + part.length()))
          .getBytes(StandardCharsets.UTF_8);
    });
  }

  private static Tampering raw(UnaryOperator<byte[]> change) {
    return Tampering.of(Step.CLIENT_DATA, change);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /// 32 bytes leave two bits of their last character unused: another character means the same.
  private static char neighbour(String base64) {
    return (char) (base64.charAt(base64.length() - 1) + 1);
  }
}
