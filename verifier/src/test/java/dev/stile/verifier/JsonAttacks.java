package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON that two parsers could read differently, or that one cannot read at all; under a signature
/// of the issuer's own key, so that nothing else refuses it (A37).
final class JsonAttacks {

  private final Forge forge;
  private final String goodHeader;
  private final String goodClaims;
  private final List<Attack> attacks = new ArrayList<>();

  private JsonAttacks(Forge forge) {
    this.forge = forge;
    this.goodHeader = Forge.json(forge.header());
    this.goodClaims = Forge.json(forge.claims());
  }

  static List<Attack> all(Forge forge) {
    JsonAttacks made = new JsonAttacks(forge);
    made.duplicates();
    made.bombs();
    made.otherValues();
    made.encodings();
    made.lenience();
    return made.attacks;
  }

  private void duplicates() {
    for (String member :
        List.of("\"alg\":\"ES256\"", "\"kid\":\"ec\"", "\"typ\":\"stepup+jwt\"", "\"alg\":null")) {
      header("member twice: " + member, front(goodHeader, member));
    }
    header("member twice, ignored", front(goodHeader, "\"a\":1,\"a\":1"));
    header("member twice, escaped", front(goodHeader, "\"\\u0061lg\":\"none\""));
    for (String member :
        List.of(
            "\"sub\":\"bob\"",
            "\"aud\":\"payments\"",
            "\"exp\":1",
            "\"action\":\"pay\"",
            "\"jti\":\"grt_2\"",
            "\"s\\u0075b\":\"bob\"",
            "\"x\":{\"y\":1,\"y\":2}",
            "\"x\":1,\"x\":null")) {
      payload("member twice: " + member, front(goodClaims, member));
    }
  }

  private void bombs() {
    header("arrays 2,000 deep", front(goodHeader, "\"x\":" + deep("[", "]", 2000)));
    header("objects 500 deep", front(goodHeader, "\"x\":" + deep("{\"x\":", "}", 500)));
    header("arrays never closed", front(goodHeader, "\"x\":" + "[".repeat(4000)));
    payload("arrays 2,000 deep", front(goodClaims, "\"x\":" + deep("[", "]", 2000)));
    payload("objects 500 deep", front(goodClaims, "\"x\":" + deep("{\"x\":", "}", 500)));
    payload("arrays one too deep", front(goodClaims, "\"x\":" + deep("[", "]", 8)));
    payload("arrays never closed", front(goodClaims, "\"x\":" + "[".repeat(4000)));
    payload("an amr of depth", front(goodClaims, "\"amr2\":" + deep("[", "]", 100)));
  }

  private static String deep(String open, String close, int depth) {
    return open.repeat(depth) + (open.equals("[") ? "" : "1") + close.repeat(depth);
  }

  private void otherValues() {
    for (String value :
        List.of("", " ", "null", "true", "1", "[]", "\"{}\"", "[" + goodClaims + "]")) {
      if (!value.isEmpty()) {
        payload("is " + (value.length() > 20 ? "an array" : "'" + value + "'"), value);
        header("is " + (value.length() > 20 ? "an array" : "'" + value + "'"), value);
      }
    }
    payload("two objects", goodClaims + goodClaims);
    payload("something behind", goodClaims + "x");
    payload("NUL behind", goodClaims + "\0");
    payload("a token within", "\"" + forge.genuine() + "\"");
    header("two objects", goodHeader + goodHeader);
  }

  private void encodings() {
    header("BOM", "\uFEFF" + goodHeader);
    payload("BOM", "\uFEFF" + goodClaims);
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    bytes.put("UTF-16", goodClaims.getBytes(StandardCharsets.UTF_16));
    bytes.put("UTF-16LE", goodClaims.getBytes(StandardCharsets.UTF_16LE));
    bytes.put("a cut UTF-8 sequence", in(0xC3, 0x28));
    bytes.put("an overlong NUL", in(0xC0, 0x80));
    bytes.put("an overlong slash", in(0xE0, 0x80, 0xAF));
    bytes.put("a surrogate in UTF-8", in(0xED, 0xA0, 0x80));
    bytes.put("a stray continuation", in(0x80));
    bytes.put("beyond U+10FFFF", in(0xF4, 0x90, 0x80, 0x80));
    bytes.put("a byte FF", in(0xFF));
    bytes.forEach((name, payload) -> add("payload: " + name, forge.payload(payload)));
    payload("a lone high surrogate", front(goodClaims, "\"x\":\"\\ud800\""));
    payload("a lone low surrogate", front(goodClaims, "\"x\":\"\\udc00y\""));
    payload("surrogates swapped", front(goodClaims, "\"x\":\"\\udc00\\ud800\""));
    payload("a lone surrogate as name", front(goodClaims, "\"\\ud800\":1"));
  }

  /// The bytes inside a string of an otherwise good payload.
  private byte[] in(int... raw) {
    StringBuilder text = new StringBuilder();
    for (int value : raw) {
      text.append((char) value);
    }
    return front(goodClaims, "\"x\":\"" + text + "\"").getBytes(StandardCharsets.ISO_8859_1);
  }

  private void lenience() {
    for (String member :
        List.of(
            "'x':1",
            "x:1",
            "\"x\"=1",
            "\"x\" 1",
            "\"x\":",
            "\"x\":01",
            "\"x\":+1",
            "\"x\":.5",
            "\"x\":1.",
            "\"x\":1e",
            "\"x\":0x10",
            "\"x\":NaN",
            "\"x\":Infinity",
            "\"x\":-",
            "\"x\":tru",
            "\"x\":TRUE",
            "\"x\":nulls",
            "\"x\":undefined",
            "\"x\":'y'",
            "\"x\":[1,]",
            "\"x\":[,1]",
            "\"x\":[1 2]",
            "\"x\":{\"y\":1,}",
            "\"x\":\"\t\"",
            "\"x\":\"\0\"",
            "\"x\":\"\\x41\"",
            "\"x\":\"\\u00g0\"",
            "\"x\":\"\\u12\"",
            "\"x\":\"\\u\uFF10\uFF10\uFF14\uFF11\"",
            "/* */\"x\":1",
            "// \n\"x\":1",
            "# \n\"x\":1",
            "",
            "\"x\":1,")) {
      payload(
          "front '" + member.replace("\t", "TAB").replace("\0", "NUL").replace("\n", "LF") + "'",
          front(goodClaims, member));
    }
    payload("comma behind", goodClaims.substring(0, goodClaims.length() - 1) + ",}");
    payload("unterminated object", goodClaims.substring(0, goodClaims.length() - 1));
    payload("unterminated string", goodClaims.substring(0, goodClaims.length() - 2));
    payload("unterminated escape", "{\"x\":\"\\");
    payload("a form feed as space", "\f" + goodClaims);
    payload("a no-break space", "\u00A0" + goodClaims);
    payload("a guard in front", ")]}'\n" + goodClaims);
    header("comma behind", goodHeader.substring(0, goodHeader.length() - 1) + ",}");
    header("single quotes", goodHeader.replace('"', '\''));
    header("cut", goodHeader.substring(0, 20));
  }

  private static String front(String object, String members) {
    return "{" + members + "," + object.substring(1);
  }

  private void header(String name, String header) {
    add("header: " + name, forge.sign(header, goodClaims));
  }

  private void payload(String name, String payload) {
    add("payload: " + name, forge.payload(payload));
  }

  private void add(String name, String token) {
    attacks.add(new Attack(name, Reason.MALFORMED, token));
  }
}
