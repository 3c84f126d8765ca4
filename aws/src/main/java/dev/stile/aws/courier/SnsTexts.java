package dev.stile.aws.courier;

import dev.stile.message.Courier.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/// Transactional text messages, which carriers deliver before advertisements.
final class SnsTexts {
  private static final String TYPE = "AWS.SNS.SMS.SMSType";
  private static final String SENDER = "AWS.SNS.SMS.SenderID";

  private final SnsClient sns;
  private final Map<String, MessageAttributeValue> attributes;

  SnsTexts(SnsClient sns, Sender sender) {
    this.sns = sns;
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    attributes.put(TYPE, text("Transactional"));
    if (sender.smsId() != null) {
      attributes.put(SENDER, text(sender.smsId()));
    }
    this.attributes = Map.copyOf(attributes);
  }

  Outcome send(String e164, String body) {
    try {
      return new Outcome.Accepted(
          sns.publish(
                  publish -> publish.phoneNumber(e164).message(body).messageAttributes(attributes))
              .messageId());
    } catch (AwsServiceException e) {
      return outcome(e);
    } catch (SdkException e) {
      return Unanswered.OUTCOME;
    }
  }

  /// By error code: SNS tells a number that opted out from a wrong one in some calls by the code,
  /// in others by the text alone.
  private static Outcome outcome(AwsServiceException e) {
    return switch (detail(e, AwsErrorDetails::errorCode)) {
      case "OptedOut" -> new Outcome.Refused("opted_out");
      case "InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid" ->
          new Outcome.Refused(isOptOut(e) ? "opted_out" : "invalid_destination");
      case "AuthorizationError", "AccessDenied", "InvalidSecurity" ->
          new Outcome.Unavailable("not_authorized");
      default -> Unanswered.outcome(e);
    };
  }

  private static boolean isOptOut(AwsServiceException e) {
    return detail(e, AwsErrorDetails::errorMessage).contains("opted out");
  }

  /// Empty where the answer was no error that SNS writes.
  private static String detail(AwsServiceException e, Function<AwsErrorDetails, String> detail) {
    return Optional.ofNullable(e.awsErrorDetails()).map(detail).orElse("");
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
