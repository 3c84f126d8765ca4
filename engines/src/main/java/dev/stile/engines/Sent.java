package dev.stile.engines;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What someone would have received. The id is the one that the sender was answered.
public sealed interface Sent {
  String messageId();

  /// A text message; `to` in E.164, attributes by their names at SNS, such as
  /// `AWS.SNS.SMS.SMSType`.
  record Sms(String messageId, String to, String body, Map<String, String> attributes)
      implements Sent {}

  /// An e-mail to one of its addressees; a body that was not given is null.
  record Email(
      String messageId,
      String to,
      String from,
      String subject,
      @Nullable String text,
      @Nullable String html)
      implements Sent {}

  /// What was published to a topic.
  record Published(
      String messageId, String topicArn, String message, Map<String, String> attributes)
      implements Sent {}
}
