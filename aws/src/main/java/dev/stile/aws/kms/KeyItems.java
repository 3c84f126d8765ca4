package dev.stile.aws.kms;

import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Tenant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// The key items of a tenant, `K#<tenant>`. Keys are written once: whoever comes second takes what
/// is there. Registers change from one version to the next.
final class KeyItems {
  private final DynamoDbClient client;
  private final String table;

  KeyItems(DynamoDbClient client, KeyTable table) {
    this.client = client;
    this.table = table.name();
  }

  Optional<Map<String, AttributeValue>> find(Tenant tenant, String sortKey) {
    try {
      var answer =
          client.getItem(
              get -> get.tableName(table).key(key(tenant, sortKey)).consistentRead(true));
      return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  /// The item that is there in the end.
  Map<String, AttributeValue> putIfAbsent(
      Tenant tenant, String sortKey, Map<String, AttributeValue> content) {
    Map<String, AttributeValue> item = new HashMap<>(content);
    item.putAll(key(tenant, sortKey));
    try {
      client.putItem(put ->
          put.tableName(table)
              .item(item)
              .conditionExpression("attribute_not_exists(#pk)")
              .expressionAttributeNames(Map.of("#pk", "pk"))
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return item;
    } catch (ConditionalCheckFailedException e) {
      return e.item();
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  /// Puts an item of this version in the place of the one before it; the first is version 1. False
  /// where that place is taken. A put that the SDK repeats finds its own item there, and was done.
  boolean replace(
      Tenant tenant, String sortKey, long version, Map<String, AttributeValue> content) {
    Map<String, AttributeValue> item = new HashMap<>(content);
    item.putAll(key(tenant, sortKey));
    item.put("version", number(version));
    try {
      client.putItem(put ->
          put.tableName(table)
              .item(item)
              .conditionExpression(
                  "#version = :before OR (attribute_not_exists(#pk) AND :before = :zero)")
              .expressionAttributeNames(Map.of("#pk", "pk", "#version", "version"))
              .expressionAttributeValues(Map.of(":before", number(version - 1), ":zero", number(0)))
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return e.hasItem() && e.item().equals(item);
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  /// @throws KeyUnavailable if the item has no such bytes
  static byte[] bytes(Map<String, AttributeValue> item, String name) {
    @Nullable AttributeValue value = item.get(name);
    if (value == null || value.b() == null) {
      throw new KeyUnavailable("a key item lacks " + name);
    }
    return value.b().asByteArray();
  }

  private static Map<String, AttributeValue> key(Tenant tenant, String sortKey) {
    return Map.of("pk", partition(tenant), "sk", AttributeValue.fromS(sortKey));
  }

  private static AttributeValue partition(Tenant tenant) {
    return AttributeValue.fromS("K#" + tenant.id());
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static KeyUnavailable unavailable(SdkException e) {
    return new KeyUnavailable("the table of keys does not answer", e);
  }
}
