package dev.stile.aws.dynamo;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/// Attribute values as Lambda hands them over, turned into those of the SDK.
final class StreamedValues {
  private StreamedValues() {}

  /// Empty where there is no image.
  static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item(
      @Nullable Map<String, AttributeValue> streamed) {
    Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item =
        new HashMap<>();
    if (streamed != null) {
      streamed.forEach((name, value) -> item.put(name, value(value)));
    }
    return item;
  }

  private static software.amazon.awssdk.services.dynamodb.model.AttributeValue value(
      AttributeValue streamed) {
    var value = software.amazon.awssdk.services.dynamodb.model.AttributeValue.builder();
    if (streamed.getM() != null) {
      return value.m(item(streamed.getM())).build();
    }
    if (streamed.getL() != null) {
      return value.l(streamed.getL().stream().map(StreamedValues::value).toList()).build();
    }
    if (streamed.getB() != null) {
      return value.b(SdkBytes.fromByteBuffer(streamed.getB())).build();
    }
    if (streamed.getBS() != null) {
      return value.bs(streamed.getBS().stream().map(SdkBytes::fromByteBuffer).toList()).build();
    }
    return value
        .s(streamed.getS())
        .n(streamed.getN())
        .bool(streamed.getBOOL())
        .nul(streamed.getNULL())
        .ss(streamed.getSS())
        .ns(streamed.getNS())
        .build();
  }
}
