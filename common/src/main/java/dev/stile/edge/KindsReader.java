package dev.stile.edge;

import dev.stile.factor.FactorKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads a member of a policy that names kinds of factors, one at least.
final class KindsReader {
  private KindsReader() {}

  static Set<FactorKind> read(JsonObject object, String name) {
    Set<FactorKind> kinds = EnumSet.noneOf(FactorKind.class);
    for (String kind : object.texts(name).orElse(List.of())) {
      kinds.add(
          FactorKind.ofWire(kind)
              .orElseThrow(() -> object.wrong(name, "names the unknown factor " + kind)));
    }
    if (kinds.isEmpty()) {
      throw object.wrong(name, "names no factor");
    }
    return kinds;
  }
}
