package dev.stile.aws.sns;

import dev.stile.message.EventTopic;
import jakarta.inject.Inject;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/// Events to an SNS topic, with their type as an attribute for filter policies.
public final class SnsEventTopic implements EventTopic {
  private final SnsClient sns;
  private final TopicArn topic;

  @Inject
  public SnsEventTopic(SnsClient sns, TopicArn topic) {
    this.sns = sns;
    this.topic = topic;
  }

  @Override
  public void publish(String type, String json) {
    var attribute = MessageAttributeValue.builder().dataType("String").stringValue(type).build();
    try {
      sns.publish(publish ->
          publish
              .topicArn(topic.text())
              .message(json)
              .messageAttributes(Map.of("type", attribute)));
    } catch (SdkException e) {
      throw new TopicUnavailable("the topic did not take " + type, e);
    }
  }
}
