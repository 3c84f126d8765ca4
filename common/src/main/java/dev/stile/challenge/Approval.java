package dev.stile.challenge;

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

  /// The level that an approval reaches, and why this factor was asked.
  public record Decision(String acr, List<String> reasons) {
    public Decision {
      reasons = List.copyOf(reasons);
    }
  }
}
