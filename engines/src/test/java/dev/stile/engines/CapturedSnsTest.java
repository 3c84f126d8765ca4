package dev.stile.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.SnsException;

class CapturedSnsTest {
  private final Inbox inbox = new Inbox();
  private Capture capture;
  private SnsClient sns;

  @BeforeEach
  void start() {
    capture = Capture.start(inbox);
    sns = Sdk.client(SnsClient.builder(), capture.endpoint());
  }

  @AfterEach
  void stop() {
    sns.close();
    capture.close();
  }

  @Test
  void handsOverATextMessageAsItWasSent() {
    var body = "Über 100 € & <b>+more</b>\n123456 = code";
    var answer =
        sns.publish(p ->
            p.phoneNumber("+436601234567")
                .message(body)
                .messageAttributes(
                    Map.of(
                        "AWS.SNS.SMS.SMSType", string("Transactional"),
                        "AWS.SNS.SMS.SenderID", string("Stile"))));
    assertThat(inbox.messages())
        .containsExactly(
            new Sent.Sms(
                answer.messageId(),
                "+436601234567",
                body,
                Map.of("AWS.SNS.SMS.SMSType", "Transactional", "AWS.SNS.SMS.SenderID", "Stile")));
  }

  @Test
  void handsOverWhatIsPublishedToATopic() {
    var arn = sns.createTopic(c -> c.name("stile-events")).topicArn();
    assertThat(sns.createTopic(c -> c.name("stile-events")).topicArn()).isEqualTo(arn);
    var id =
        sns.publish(p ->
                p.topicArn(arn)
                    .message("{\"id\":\"evt_1\"}")
                    .messageAttributes(Map.of("type", string("factor.verified"))))
            .messageId();
    assertThat(inbox.messages())
        .containsExactly(
            new Sent.Published(id, arn, "{\"id\":\"evt_1\"}", Map.of("type", "factor.verified")));
  }

  @Test
  void refusesATopicThatWasNeverMade() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() ->
            sns.publish(p -> p.topicArn("arn:aws:sns:eu-central-1:000000000000:no").message("m")));
  }

  @Test
  void refusesWhatIsNoPhoneNumber() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> sns.publish(p -> p.phoneNumber("0660 1234567").message("m")));
    assertThat(inbox.messages()).isEmpty();
  }

  @Test
  void refusesWhatItDoesNotSpeak() {
    assertThatExceptionOfType(SnsException.class)
        .isThrownBy(() -> sns.listTopics())
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAction"));
  }

  private static MessageAttributeValue string(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
