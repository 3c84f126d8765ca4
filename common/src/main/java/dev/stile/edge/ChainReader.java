package dev.stile.edge;

import dev.stile.challenge.Chain;
import dev.stile.factor.FactorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads the chain of an action: which kinds of factors have to pass one after the other. Absent,
/// one factor may do.
final class ChainReader {
  private static final String CHAIN = "chain";

  private ChainReader() {}

  static List<Set<FactorKind>> read(JsonObject action) {
    if (!action.has(CHAIN)) {
      return List.of();
    }
    if (action.has("factors")) {
      throw action.wrong(CHAIN, "cannot go with factors, which each of its steps has");
    }
    List<Set<FactorKind>> steps = new ArrayList<>();
    for (JsonObject step : action.objects(CHAIN)) {
      steps.add(KindsReader.read(step, "factors"));
      step.noMore();
    }
    if (steps.size() < 2 || steps.size() > Chain.LONGEST) {
      throw action.wrong(CHAIN, "has not between 2 and " + Chain.LONGEST + " steps");
    }
    return steps;
  }
}
