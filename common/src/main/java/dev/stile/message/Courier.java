package dev.stile.message;

import org.jspecify.annotations.Nullable;

/// Carries one message to a phone or a mailbox.
public interface Courier {
  Outcome sms(String e164, String body);

  Outcome email(String address, Mail mail);

  /// A message for a mailbox, the same in plain text and in HTML; without HTML where the text says
  /// it all.
  record Mail(String subject, String text, @Nullable String html) {
    public Mail(String subject, String text) {
      this(subject, text, null);
    }
  }

  /// What the carrier said.
  sealed interface Outcome {
    record Accepted(String messageId) implements Outcome {}

    /// It will never take this one: opted out, no such mailbox.
    record Refused(String reason) implements Outcome {}

    /// It may take it later.
    record Unavailable(String reason) implements Outcome {}
  }
}
