package dev.stile.aws.dynamo;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The names and values that expressions refer to. `#word` stands for the attribute of that name
/// unless it was given another; every value is given.
final class Expression {
  private static final Pattern NAME = Pattern.compile("#\\w+");
  private final Map<String, String> given = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();

  /// What a placeholder stands for, where it is not its own name.
  Expression name(String placeholder, String attribute) {
    given.put(placeholder, attribute);
    return this;
  }

  Expression value(String placeholder, AttributeValue value) {
    values.put(placeholder, value);
    return this;
  }

  Expression text(String placeholder, String text) {
    return value(placeholder, Values.text(text));
  }

  Expression number(String placeholder, long number) {
    return value(placeholder, Values.number(number));
  }

  Expression moment(String placeholder, Instant moment) {
    return value(placeholder, Values.moment(moment));
  }

  Map<String, AttributeValue> values() {
    return values;
  }

  /// The names that these expressions use.
  Map<String, String> names(String... expressions) {
    Map<String, String> names = new HashMap<>();
    for (String expression : expressions) {
      Matcher matcher = NAME.matcher(expression);
      while (matcher.find()) {
        String placeholder = matcher.group();
        names.put(placeholder, given.getOrDefault(placeholder, placeholder.substring(1)));
      }
    }
    return names;
  }
}
