package dev.stile.aws.dynamo;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Attribute values in and out. Moments are milliseconds since the epoch.
final class Values {
  private Values() {}

  static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  static AttributeValue moment(Instant moment) {
    return number(moment.toEpochMilli());
  }

  static AttributeValue flag(boolean flag) {
    return AttributeValue.fromBool(flag);
  }

  static boolean flag(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }

  static AttributeValue texts(Collection<String> texts) {
    return AttributeValue.fromL(texts.stream().map(Values::text).toList());
  }

  /// A text where there is one.
  static void put(Map<String, AttributeValue> item, String name, @Nullable String text) {
    if (text != null) {
      item.put(name, text(text));
    }
  }

  static String text(Map<String, AttributeValue> item, String name) {
    String text = optionalText(item, name);
    if (text == null) {
      throw new IllegalStateException("an item lacks " + name);
    }
    return text;
  }

  static @Nullable String optionalText(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  static long number(Map<String, AttributeValue> item, String name, long otherwise) {
    AttributeValue value = item.get(name);
    return value == null ? otherwise : Long.parseLong(value.n());
  }

  static Instant moment(Map<String, AttributeValue> item, String name) {
    return Instant.ofEpochMilli(number(item, name, 0));
  }

  static @Nullable Instant optionalMoment(Map<String, AttributeValue> item, String name) {
    return item.containsKey(name) ? moment(item, name) : null;
  }

  static List<String> texts(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? List.of() : value.l().stream().map(AttributeValue::s).toList();
  }

  static Map<String, AttributeValue> map(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || !value.hasM() ? Map.of() : value.m();
  }
}
