package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Claims that are missing, of another type, for somebody else or from another time (A22).
final class ClaimAttacks {
  private static final List<String> TEXTS =
      List.of("iss", "sub", "client_id", "jti", "acr", "txn", "action", "scope");
  private static final List<String> TIMES = List.of("iat", "exp", "auth_time");

  private final Forge forge;
  private final List<Attack> attacks = new ArrayList<>();

  private ClaimAttacks(Forge forge) {
    this.forge = forge;
  }

  static List<Attack> all(Forge forge) {
    ClaimAttacks made = new ClaimAttacks(forge);
    made.texts();
    made.arrays();
    made.numbers();
    made.times();
    made.issuers();
    made.audiences();
    made.scopes();
    made.optional();
    return made.attacks;
  }

  private void texts() {
    for (String name : TEXTS) {
      bad(name, forge.without(name));
      for (String json :
          List.of(
              "null", "1", "true", "\"\"", "\" \"", "{}", "[" + forge.claims().get(name) + "]")) {
        bad(name + " " + json, forge.with(name, json));
      }
    }
  }

  private void arrays() {
    for (String name : List.of("amr", "aud")) {
      bad(name, forge.without(name));
      for (String json :
          List.of(
              "null",
              "1",
              "{}",
              "[]",
              "[1]",
              "[null]",
              "[\"\"]",
              "[\" \"]",
              "[[\"payments\"]]",
              "[\"payments\",1]",
              "[\"payments\",null]",
              "{\"0\":\"payments\"}")) {
        bad(name + " " + json, forge.with(name, json));
      }
    }
    bad("amr as a text", forge.with("amr", "\"otp\""));
    bad("amr as a list in a text", forge.with("amr", "\"otp sms\""));
  }

  private void numbers() {
    for (String name : TIMES) {
      String now = Long.toString(forge.now().getEpochSecond());
      bad(name, forge.without(name));
      for (String json :
          List.of(
              "null",
              "true",
              "{}",
              "[" + now + "]",
              '"' + now + '"',
              now + ".0",
              now + "e0",
              now + "000",
              "1e30",
              "-1",
              "-0",
              "9223372036854775807",
              "9223372036854775808",
              "253402300800",
              "9".repeat(400),
              "\"2026-11-22T08:00:00Z\"")) {
        String shown = json.length() > 60 ? "of 400 digits" : json;
        bad(name + " " + shown, forge.with(name, json));
      }
    }
  }

  private void times() {
    add("expired now", Reason.EXPIRED, forge.times(-300, 0));
    add("expired a second ago", Reason.EXPIRED, forge.times(-301, -1));
    add("expired within the skew", Reason.EXPIRED, forge.times(-330, -30));
    add("expired a year ago", Reason.EXPIRED, forge.times(-31_536_300, -31_536_000));
    add("issued 61 s ahead", Reason.NOT_YET_VALID, forge.times(61, 361));
    add("issued next year", Reason.NOT_YET_VALID, forge.times(31_536_000, 31_536_300));
    add("valid for 301 s", Reason.LIFETIME, forge.times(0, 301));
    add("valid for a year", Reason.LIFETIME, forge.times(0, 31_536_000));
    add("valid for no time", Reason.LIFETIME, forge.times(0, 0));
    add("expires before it is issued", Reason.LIFETIME, forge.times(60, 30));
    add("issued in 1970", Reason.LIFETIME, forge.with("iat", "0"));
    long now = forge.now().getEpochSecond();
    add("auth_time 61 s ahead", Reason.NOT_YET_VALID, forge.with("auth_time", "" + (now + 61)));
    add("nbf 61 s ahead", Reason.NOT_YET_VALID, forge.with("nbf", "" + (now + 61)));
    bad("nbf as a text", forge.with("nbf", "\"" + now + "\""));
    bad("nbf null", forge.with("nbf", "null"));
  }

  private void issuers() {
    for (String iss :
        List.of(
            "https://stile.example/",
            "https://STILE.example",
            "HTTPS://stile.example",
            "http://stile.example",
            "https://stile.example.attacker.example",
            "https://stile.example:443",
            "https://stile.example/.",
            "https://stile.example#",
            "https://user@stile.example",
            "https://sub.stile.example",
            "stile.example",
            " https://stile.example",
            "https://stile.example ",
            "https://st\\u0131le.example",
            "https://stile.exampl",
            "https://stile.example\\u0000")) {
      add("iss " + iss, Reason.ISSUER, forge.with("iss", '"' + iss + '"'));
    }
  }

  private void audiences() {
    for (String aud :
        List.of(
            "\"other\"",
            "\"Payments\"",
            "\"payment\"",
            "\"payments2\"",
            "\"payments \"",
            "\"payments other\"",
            "\"payments,other\"",
            "\"*\"",
            "\"payments/\"",
            "\"https://stile.example\"",
            "\"p\\u0430yments\"",
            "[\"other\"]",
            "[\"other\",\"Payments\"]",
            "\"[\\\"payments\\\"]\"")) {
      add("aud " + aud, Reason.AUDIENCE, forge.with("aud", aud));
    }
  }

  private void scopes() {
    for (String scope :
        List.of(
            "transfer",
            "stepup:",
            "stepup:login",
            "stepup:transfer ",
            " stepup:transfer",
            "stepup:transfer stepup:pay",
            "openid stepup:transfer",
            "STEPUP:transfer",
            "stepup:Transfer",
            "stepup:*",
            "stepup-next:transfer")) {
      bad("scope " + scope, forge.with("scope", '"' + scope + '"'));
    }
    bad("action that the scope does not name", forge.with("action", "\"pay\""));
  }

  private void optional() {
    Map<String, List<String>> bent = new LinkedHashMap<>();
    String hash = BindingHash.of(Map.of()).value();
    bent.put(
        "bnd",
        List.of(
            "null",
            "\"\"",
            "1",
            "{}",
            "\"" + hash + "=\"",
            "\"" + hash.substring(1) + "\"",
            "\"" + "0".repeat(64) + "\"",
            "\"" + "A".repeat(42) + "B\""));
    bent.put("epoch", List.of("null", "\"3\"", "-1", "3.0", "1e2", "[]"));
    bent.put("sid", List.of("null", "\"\"", "1", "[]"));
    bent.forEach(
        (name, values) -> values.forEach(json -> bad(name + " " + json, forge.with(name, json))));
    add("cnf", Reason.SENDER_CONSTRAINED, forge.with("cnf", "{\"jkt\":\"x\"}"));
    add("cnf null", Reason.SENDER_CONSTRAINED, forge.with("cnf", "null"));
  }

  private void bad(String name, String token) {
    boolean missing = !name.contains(" ");
    add(missing ? name + " missing" : name, Reason.CLAIMS, token);
  }

  private void add(String name, Reason expected, String token) {
    attacks.add(new Attack(name, expected, token));
  }
}
