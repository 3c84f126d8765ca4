package dev.stile.edge;

import dev.stile.token.KeyRegister;
import dev.stile.token.KeyRegister.Entry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The signing keys as whoever runs Stile sees them: which there are, and where in their lives.
public final class KeysView {
  private KeysView() {}

  public static Map<String, Object> of(List<KeyRegister> registers, Instant now) {
    List<Map<String, Object>> keys =
        registers.stream()
            .flatMap(register -> register.entries().stream().map(key -> key(register, key, now)))
            .toList();
    return Map.of("keys", keys);
  }

  private static Map<String, Object> key(KeyRegister register, Entry entry, Instant now) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kid", entry.kid());
    view.put("alg", register.algorithm().name());
    view.put("state", register.state(entry, now).name().toLowerCase(Locale.ROOT));
    view.put("published_at", entry.published());
    view.put("used_from", entry.usedFrom());
    Instant withdrawn = entry.withdrawn();
    if (withdrawn != null) {
      view.put("withdrawn_at", withdrawn);
    }
    return view;
  }
}
