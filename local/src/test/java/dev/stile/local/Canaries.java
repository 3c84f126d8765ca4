package dev.stile.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.key.Base32;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Every code, seed, token and destination that a test made or typed, collected from the exchanges
/// themselves, so that no test has to think of it. They are looked for when the server ends.
final class Canaries {
  private static final AtomicInteger IN_ALL = new AtomicInteger();
  private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6,8}(?!\\d)");
  private static final Pattern BASE32 = Pattern.compile("[A-Z2-7]{20,}");
  private static final int SHORTEST_TOKEN = 40;
  private static final int SHORTEST_RECOVERY_CODE = 16;

  private final Set<String> known = new HashSet<>();
  private final Leaks leaks = new Leaks();

  /// What tests type in the place of a secret, and in other places too.
  private final Set<String> allowed;

  Canaries(Set<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  Leaks leaks() {
    return leaks;
  }

  int size() {
    return known.size();
  }

  /// All of the servers that ended so far.
  static int inAll() {
    return IN_ALL.get();
  }

  synchronized void watch(
      Map<String, String> headers, @Nullable String sent, Contract.Response answered) {
    headers.forEach((name, value) -> token(value.replaceFirst("^Bearer ", "")));
    read(sent);
    read(answered.text());
  }

  private void read(@Nullable String text) {
    if (text == null || text.isEmpty() || (text.charAt(0) != '{' && text.charAt(0) != '[')) {
      return;
    }
    try {
      members(ApiDescription.json(text));
    } catch (JsonProcessingException e) {
      // A test of what is no JSON.
    }
  }

  private void members(JsonNode node) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      JsonNode value = member.getValue();
      if (value.isTextual()) {
        member(member.getKey(), value.asText());
      } else if (value.isArray()) {
        value.forEach(element -> {
          if (element.isTextual()) {
            member(member.getKey(), element.asText());
          }
        });
      }
    }
    for (JsonNode part : node) {
      if (part.isContainerNode()) {
        members(part);
      }
    }
  }

  private void member(String name, String value) {
    switch (name) {
      case "code" -> code(value);
      case "recovery_code" -> recoveryCode(value);
      case "codes" -> recoveryCode(value);
      case "body" -> {
        Matcher code = CODE.matcher(value);
        if (code.find()) {
          code(code.group());
        }
      }
      case "token", "access_token" -> token(value);
      case "secret" -> seed(value);
      case "phone", "email", "to" -> destination(value);
      default -> {}
    }
  }

  private void code(String value) {
    if (CODE.matcher(value).matches()) {
      add("code", value);
    }
  }

  private void recoveryCode(String value) {
    if (value.length() >= SHORTEST_RECOVERY_CODE) {
      add("recovery code", value);
    }
  }

  private void token(String value) {
    if (value.length() >= SHORTEST_TOKEN && value.split("\\.", -1).length == 3) {
      add("token", value);
      String signature = Tokens.signature(value);
      if (signature.length() >= SHORTEST_TOKEN) {
        add("signature", signature);
      }
    }
  }

  private void seed(String value) {
    if (BASE32.matcher(value).matches() && add("seed", value)) {
      leaks.add("seed", Base32.UPPER.decode(value));
    }
  }

  private void destination(String value) {
    if (value.matches("\\+\\d{8,15}")) {
      add("destination", value);
      add("destination", value.substring(1));
    } else if (value.matches("[^@]{3,}@[^@]{4,}")) {
      add("destination", value);
    }
  }

  private boolean add(String kind, String value) {
    boolean isNew = !allowed.contains(value) && known.add(value);
    if (isNew) {
      leaks.add(kind, value);
      IN_ALL.incrementAndGet();
    }
    return isNew;
  }

  /// What of it is in these sinks, by their names.
  synchronized List<String> sightings(Map<String, List<String>> sinks) {
    return sinks.entrySet().stream()
        .flatMap(
            sink -> leaks.in(sink.getValue()).stream().map(name -> name + " in " + sink.getKey()))
        .toList();
  }
}
