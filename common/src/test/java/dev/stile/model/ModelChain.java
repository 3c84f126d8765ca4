package dev.stile.model;

import dev.stile.factor.FactorKind;
import dev.stile.model.Operations.Deed;
import dev.stile.model.Operations.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where a challenge of the model stands: for what and at which level it was asked, what has passed
/// before it, and how many have to follow. After its answer, what that led to: a grant, or the
/// right to go on.
final class ModelChain {
  private static final Duration LIFE = Duration.ofMinutes(5);

  final Who owner;
  final Deed deed;
  final int floor;
  final List<Link> passed;
  final int following;
  Instant issued = Instant.MIN;
  boolean used;

  ModelChain(Who owner, Deed deed, int floor, List<Link> passed, int following) {
    this.owner = owner;
    this.deed = deed;
    this.floor = floor;
    this.passed = List.copyOf(passed);
    this.following = following;
  }

  /// A factor that was answered right.
  record Link(String factor, FactorKind kind, Instant at) {}

  ModelChain answered(Link last) {
    List<Link> all = new ArrayList<>(passed);
    all.add(last);
    var led = new ModelChain(owner, deed, floor, all, following);
    led.issued = last.at();
    return led;
  }

  boolean isOver(Instant now) {
    return now.compareTo(issued.plus(LIFE)) >= 0;
  }

  Instant since() {
    return passed.getFirst().at();
  }

  List<FactorKind> kinds() {
    return passed.stream().map(Link::kind).toList();
  }

  int level() {
    return ModelRules.level(new HashSet<>(kinds()));
  }

  /// What the grant says.
  String told() {
    Set<String> amr = new LinkedHashSet<>();
    for (FactorKind kind : kinds()) {
      amr.add("otp");
      if (kind == FactorKind.SMS) {
        amr.add("sms");
      }
    }
    if (passed.size() > 1) {
      amr.add("mfa");
    }
    return "approved "
        + ModelRules.LEVELS.get(level())
        + " "
        + List.copyOf(amr)
        + " since "
        + since();
  }
}
