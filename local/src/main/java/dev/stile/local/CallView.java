package dev.stile.local;

import dev.stile.local.Invocation.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// A call as it is shown: what it touched and under which condition, by `Discretion`. A message to
/// a queue or a topic is shown as it is, for it holds ids only; one to a person is not.
final class CallView {
  private CallView() {}

  static Map<String, Object> of(Call call) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("service", call.service());
    view.put("operation", call.operation());
    view.put("ms", call.took().toMillis());
    view.put("attempts", call.attempts());
    view.put("outcome", outcome(call.failure()));
    if (call.failure() != null) {
      view.put("why", why(call.failure()));
    }
    switch (call.request()) {
      case SendMessageRequest send -> {
        view.put("queue", lastOf(send.queueUrl(), '/'));
        view.put("message", send.messageBody());
      }
      case PublishRequest publish when publish.topicArn() != null -> {
        view.put("topic", lastOf(publish.topicArn(), ':'));
        view.put("message", publish.message());
      }
      case PublishRequest publish ->
          view.put("to", Discretion.destination(String.valueOf(publish.phoneNumber())));
      case SendEmailRequest send ->
          view.put(
              "to",
              send.destination().toAddresses().stream().map(Discretion::destination).toList());
      default -> {
        List<Map<String, Object>> items = items(call);
        if (!items.isEmpty()) {
          view.put("items", items);
        }
      }
    }
    return view;
  }

  private static String outcome(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "done";
      case ConditionalCheckFailedException refused -> "refused";
      case TransactionCanceledException refused -> "refused";
      default -> "failed";
    };
  }

  private static String why(Throwable failure) {
    return failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null
        ? String.valueOf(answer.awsErrorDetails().errorCode())
        : failure.getClass().getSimpleName();
  }

  private static List<Map<String, Object>> items(Call call) {
    return switch (call.request()) {
      case GetItemRequest get -> List.of(keyed("Get", get.key()));
      case QueryRequest query ->
          List.of(
              new Item("Query")
                  .expression(
                      "keys", query.keyConditionExpression(), query.expressionAttributeNames())
                  .keys(query.expressionAttributeValues())
                  .view);
      case UpdateItemRequest r ->
          List.of(
              update(
                  r.key(),
                  Update.builder()
                      .conditionExpression(r.conditionExpression())
                      .updateExpression(r.updateExpression())
                      .expressionAttributeNames(r.expressionAttributeNames())
                      .expressionAttributeValues(r.expressionAttributeValues())
                      .build()));
      case PutItemRequest r ->
          List.of(
              put(
                  Put.builder()
                      .item(r.item())
                      .conditionExpression(r.conditionExpression())
                      .expressionAttributeNames(r.expressionAttributeNames())
                      .build()));
      case DeleteItemRequest r ->
          List.of(
              new Item("Delete")
                  .key(r.key())
                  .expression("condition", r.conditionExpression(), r.expressionAttributeNames())
                  .values(r.expressionAttributeValues())
                  .view);
      case TransactWriteItemsRequest r ->
          r.transactItems().stream().map(CallView::transacted).toList();
      default -> List.of();
    };
  }

  private static Map<String, Object> transacted(TransactWriteItem item) {
    if (item.update() != null) {
      return update(item.update().key(), item.update());
    }
    if (item.put() != null) {
      return put(item.put());
    }
    if (item.delete() != null) {
      Delete delete = item.delete();
      return new Item("Delete")
          .key(delete.key())
          .expression("condition", delete.conditionExpression(), delete.expressionAttributeNames())
          .values(delete.expressionAttributeValues())
          .view;
    }
    ConditionCheck check = item.conditionCheck();
    return new Item("Check")
        .key(check.key())
        .expression("condition", check.conditionExpression(), check.expressionAttributeNames())
        .values(check.expressionAttributeValues())
        .view;
  }

  private static Map<String, Object> update(Map<String, AttributeValue> key, Update update) {
    return new Item("Update")
        .key(key)
        .expression("condition", update.conditionExpression(), update.expressionAttributeNames())
        .expression("update", update.updateExpression(), update.expressionAttributeNames())
        .values(update.expressionAttributeValues())
        .view;
  }

  private static Map<String, Object> put(Put put) {
    Item item =
        new Item("Put")
            .key(put.item())
            .expression("condition", put.conditionExpression(), put.expressionAttributeNames());
    Map<String, Object> attributes = Discretion.values(put.item());
    attributes.keySet().removeAll(List.of("pk", "sk"));
    item.view.put("attributes", attributes);
    return item.view;
  }

  private static Map<String, Object> keyed(String verb, Map<String, AttributeValue> key) {
    return new Item(verb).key(key).view;
  }

  private static String lastOf(String text, char separator) {
    return text.substring(text.lastIndexOf(separator) + 1);
  }

  /// One item of the table as a call names it.
  private static final class Item {
    private final Map<String, Object> view = new LinkedHashMap<>();

    Item(String verb) {
      view.put("verb", verb);
    }

    Item key(Map<String, AttributeValue> key) {
      return part("pk", key.get("pk")).part("sk", key.get("sk"));
    }

    /// The keys of a query are among its values.
    Item keys(Map<String, AttributeValue> values) {
      return part("pk", values.get(":pk"));
    }

    private Item part(String name, @Nullable AttributeValue value) {
      if (value != null && value.s() != null) {
        view.put(name, Discretion.key(value.s()));
      }
      return this;
    }

    Item expression(String name, @Nullable String expression, Map<String, String> names) {
      if (expression != null) {
        view.put(name, Discretion.expression(expression, names));
      }
      return this;
    }

    Item values(Map<String, AttributeValue> values) {
      if (!values.isEmpty()) {
        view.put("values", Discretion.values(values));
      }
      return this;
    }
  }
}
