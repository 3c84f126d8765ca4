package dev.stile.challenge;

import dev.stile.factor.FactorId;
import java.util.ArrayList;
import java.util.List;

/// What the subject is asked to approve, fixed when the challenge opens and signed into the grant
/// when it is approved. `display` is the line that the user reads; `epoch` is the subject's
/// revocation epoch.
public record Approval(
    String client,
    String audience,
    String action,
    Binding binding,
    String display,
    Decision decision,
    long epoch) {
  /// The same by another decision.
  public Approval with(Decision other) {
    return new Approval(client, audience, action, binding, display, other, epoch);
  }

  /// The level that an approval reaches, why this factor was asked, which others may take its
  /// place, and where it stands in a chain. In one that goes on, the level is that of its end.
  public record Decision(
      String acr, List<String> reasons, List<FactorId> alternatives, Chain chain) {
    public Decision {
      reasons = List.copyOf(reasons);
      alternatives = List.copyOf(alternatives);
    }

    /// The same for one more reason.
    public Decision because(String reason) {
      List<String> more = new ArrayList<>(reasons);
      more.add(reason);
      return new Decision(acr, more, alternatives, chain);
    }

    public Decision(String acr, List<String> reasons, List<FactorId> alternatives) {
      this(acr, reasons, alternatives, Chain.SINGLE);
    }

    public Decision(String acr, List<String> reasons) {
      this(acr, reasons, List.of());
    }
  }
}
