package dev.stile.lambda.challenge;

import dev.stile.assurance.Policy;
import dev.stile.challenge.Approval;
import dev.stile.factor.Code;
import dev.stile.message.Courier.Mail;
import jakarta.inject.Inject;

/// What is written to a user. The code stands first and unspaced, the transaction is always there,
/// and an SMS ends in the origin-bound line that browsers fill in from, for this site only.
final class MessageTexts {
  @Inject
  MessageTexts() {}

  String sms(Policy policy, Approval approval, Code code) {
    return "%s is your %s code for: %s. Never share it.\n\n@%s #%s"
        .formatted(
            code.reveal(),
            policy.parties().name(),
            approval.display(),
            host(policy, approval),
            code.reveal());
  }

  Mail email(Policy policy, Approval approval, Code code) {
    String name = policy.parties().name();
    String text =
        """
        %s is your %s code.

        It approves: %s

        Never share it. If you did not ask for it, ignore this message: nothing happens without it.
        """
            .formatted(code.reveal(), name, approval.display());
    return new Mail("Your " + name + " code", text);
  }

  private static String host(Policy policy, Approval approval) {
    return policy.client(approval.client()).map(c -> c.host()).orElse("localhost");
  }
}
