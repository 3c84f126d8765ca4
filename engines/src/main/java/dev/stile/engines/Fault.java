package dev.stile.engines;

/// What goes wrong with a call. Each service words it as the real one does.
public sealed interface Fault {
  /// Refused for its rate, which the SDK retries.
  record Throttled() implements Fault {}

  /// Answered 500, which the SDK retries; nothing was done.
  record Broken() implements Fault {}

  /// Never answered; nothing was done. The caller sees its own timeout.
  record Unanswered() implements Fault {}

  /// Done, and then never answered: the caller cannot tell this from [Unanswered].
  record AnswerLost() implements Fault {}

  /// Refused for good with an error code of the service, such as `OptedOut` (SNS),
  /// `MessageRejected` (SES) or `DisabledException` (KMS).
  record Refused(String code) implements Fault {}
}
