package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads claims by the type they must have; anything else is refused and nothing is coerced.
record ClaimReader(Json.Members claims) {
  /// 9999-12-31T23:59:59Z, the last second that RFC 3339 can write.
  private static final long LAST_SECOND = 253_402_300_799L;

  String text(String name) throws Refusal {
    return claims.text(name).orElseThrow(ClaimReader::refusal);
  }

  Optional<String> optionalText(String name) throws Refusal {
    return claims.has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  List<String> texts(String name) throws Refusal {
    if (claims.get(name).orElseThrow(ClaimReader::refusal) instanceof Json.Items items) {
      return items.texts().filter(texts -> !texts.isEmpty()).orElseThrow(ClaimReader::refusal);
    }
    throw refusal();
  }

  /// RFC 7519 §4.1.3: one text, or an array of texts.
  List<String> textOrTexts(String name) throws Refusal {
    return claims.get(name).orElseThrow(ClaimReader::refusal) instanceof Json.Items
        ? texts(name)
        : List.of(text(name));
  }

  /// RFC 7519 §2 NumericDate, whole seconds as our issuer writes them.
  Instant time(String name) throws Refusal {
    long seconds = whole(name);
    if (seconds > LAST_SECOND) {
      throw refusal();
    }
    return Instant.ofEpochSecond(seconds);
  }

  Optional<Instant> optionalTime(String name) throws Refusal {
    return claims.has(name) ? Optional.of(time(name)) : Optional.empty();
  }

  /// An integer of at least 0.
  long whole(String name) throws Refusal {
    if (claims.get(name).orElseThrow(ClaimReader::refusal) instanceof Json.Whole(long value)
        && value >= 0) {
      return value;
    }
    throw refusal();
  }

  private static Refusal refusal() {
    return new Refusal(Reason.CLAIMS);
  }
}
