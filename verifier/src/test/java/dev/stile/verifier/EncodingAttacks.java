package dev.stile.verifier;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import dev.stile.verifier.Judgement.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Other serializations and other spellings of base64url (A23).
final class EncodingAttacks {
  private final Forge forge;
  private final String good;
  private final List<Attack> attacks = new ArrayList<>();

  private EncodingAttacks(Forge forge) {
    this.forge = forge;
    this.good = forge.genuine();
  }

  static List<Attack> all(Forge forge) {
    EncodingAttacks made = new EncodingAttacks(forge);
    made.parts();
    made.otherSerializations();
    made.strayCharacters();
    made.padding();
    made.spareBits();
    made.otherAlphabet();
    made.sizes();
    return made.attacks;
  }

  private void parts() {
    String[] parts = good.split("\\.", -1);
    for (String dots : List.of("", ".", "..", "...", "....")) {
      add("nothing but '" + dots + "'", dots);
    }
    add("one part", parts[0]);
    add("two parts", parts[0] + "." + parts[1]);
    add("four parts", good + "." + parts[2]);
    add("a dot in front", "." + good);
    add("a dot behind", good + ".");
    add("two dots between", parts[0] + ".." + parts[1] + "." + parts[2]);
    add("header empty", "." + parts[1] + "." + parts[2]);
    add("payload empty", parts[0] + ".." + parts[2]);
    add("signature empty", parts[0] + "." + parts[1] + ".");
    attacks.add(
        new Attack(
            "payload in place of the header",
            Reason.TYPE,
            parts[1] + "." + parts[0] + "." + parts[2]));
  }

  private void otherSerializations() {
    String[] parts = good.split("\\.", -1);
    String signature = "\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2] + "\"";
    add("JSON flattened", "{\"payload\":\"" + parts[1] + "\"," + signature + "}");
    add("JSON general", "{\"payload\":\"" + parts[1] + "\",\"signatures\":[{" + signature + "}]}");
    add("JWE compact", encrypted());
    add("Bearer prefix", "Bearer " + good);
    add("in quotes", '"' + good + '"');
    add("base64 of it all", Base64.getUrlEncoder().encodeToString(Forge.bytes(good)));
    add("an SD-JWT disclosure behind", good + "~WyJzYWx0Il0~");
  }

  private String encrypted() {
    JWEObject jwe =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).keyID("ec").build(),
            new Payload(Forge.json(forge.claims())));
    try {
      jwe.encrypt(new DirectEncrypter(new byte[32]));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return jwe.serialize();
  }

  private void strayCharacters() {
    Map<String, String> strays =
        Map.of(
            "space",
            " ",
            "line feed",
            "\n",
            "CR LF",
            "\r\n",
            "tab",
            "\t",
            "NUL",
            "\0",
            "BOM",
            "\uFEFF",
            "no-break space",
            "\u00A0",
            "zero-width space",
            "\u200B",
            "percent",
            "%2E");
    int dot = good.indexOf('.');
    strays.forEach((name, stray) -> {
      add(name + " in front", stray + good);
      add(name + " behind", good + stray);
      add(name + " within", good.substring(0, dot + 9) + stray + good.substring(dot + 9));
    });
    add("a full-width letter", "\uFF45" + good.substring(1));
  }

  private void padding() {
    String padded =
        until(() -> forge.payload(spaced(1)), token -> token.split("\\.", -1)[1].length() % 4 == 2);
    String[] parts = padded.split("\\.", -1);
    add("padding in the payload", parts[0] + "." + parts[1] + "==." + parts[2]);
    add("padding in the signature", good + "==");
    add("one pad sign too few", good + "=");
    add("padding in the header", parts[0] + "=." + parts[1] + "." + parts[2]);
    add("a digit too many in the signature", good + "AAA");
    add("a length that base64 never has", parts[0] + "." + parts[1] + "AAA." + parts[2]);
  }

  /// 1 or 2 bytes beyond a multiple of 3 leave 4 or 2 spare bits in the last digit.
  private void spareBits() {
    String header = Forge.json(forge.header());
    for (int beyond : List.of(1, 2)) {
      String spaced = header + " ".repeat((beyond - header.length() % 3 + 3) % 3);
      String[] parts = forge.sign(spaced, spaced(beyond)).split("\\.", -1);
      add(
          "spare bits in the header, " + beyond,
          respelled(parts[0]) + "." + parts[1] + "." + parts[2]);
      add(
          "spare bits in the payload, " + beyond,
          parts[0] + "." + respelled(parts[1]) + "." + parts[2]);
    }
    add("spare bits in the signature", respelled(good));
  }

  private String spaced(int beyond) {
    String json = Forge.json(forge.claims());
    return json + " ".repeat((beyond - json.length() % 3 + 3) % 3);
  }

  /// The same bytes to a lenient decoder: the last digit is one higher.
  private static String respelled(String part) {
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = part.length() - 1;
    return part.substring(0, last) + digits.charAt(digits.indexOf(part.charAt(last)) + 1);
  }

  private void otherAlphabet() {
    Predicate<String> both =
        token -> {
          String signature = token.substring(token.lastIndexOf('.'));
          return signature.contains("-") && signature.contains("_");
        };
    String token = until(forge::genuine, both);
    add("the standard alphabet", token.replace('-', '+').replace('_', '/'));
    add("a plus sign", token.replace('-', '+'));
    add("a slash", token.replace('_', '/'));
  }

  private void sizes() {
    add("8 KiB and more", forge.with("note", '"' + "x".repeat(8000) + '"'));
    add("1 MiB", "A".repeat(1 << 20));
    add("1 MiB of dots", ".".repeat(1 << 20));
    byte[] latin = "{\"typ\":\"st\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    add("header in Latin-1", forge.signEs256(latin, Forge.bytes(Forge.json(forge.claims()))));
  }

  private static String until(Supplier<String> tokens, Predicate<String> wanted) {
    return Stream.generate(tokens).filter(wanted).findFirst().orElseThrow();
  }

  private void add(String name, String token) {
    attacks.add(new Attack(name, Reason.MALFORMED, token));
  }
}
