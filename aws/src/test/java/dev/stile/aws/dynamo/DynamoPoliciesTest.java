package dev.stile.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.subject.Tenant;
import dev.stile.testing.SetClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

class DynamoPoliciesTest {
  private static final String EXAMPLE = example();

  private final Tenant tenant = new Tenant("t-" + UUID.randomUUID());
  private final String document = EXAMPLE.replace("\"default\"", "\"" + tenant.id() + "\"");
  private final SetClock clock = new SetClock(Instant.parse("2026-11-22T08:00:00Z"));
  private final List<Map<String, Object>> lines = new ArrayList<>();
  private final DynamoPolicies policies =
      new DynamoPolicies(DynamoLocal.shared(), tenant, clock, lines::add);

  /// The document that the smallest deployment starts with.
  private static String example() {
    try {
      return Files.readString(Path.of("../infra/terraform/examples/minimal/policy.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String document) {
    DynamoLocal.shared()
        .client()
        .putItem(put ->
            put.tableName(DynamoLocal.shared().name())
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS("P#" + tenant.id()),
                        "sk", AttributeValue.fromS("POLICY"),
                        "document", AttributeValue.fromS(document))));
  }

  @Test
  void readsTheDocumentOfItsTenant() {
    put(document);
    assertThat(policies.current().parties().name()).isEqualTo("Example");
    assertThat(policies.current().action("pay")).isPresent();
  }

  @Test
  void takesANewDocumentAfterAMinute() {
    put(document);
    assertThat(policies.current().parties().name()).isEqualTo("Example");
    put(document.replace("\"Example\"", "\"Changed\""));
    clock.advance(DynamoPolicies.KEPT.minusMillis(1));
    assertThat(policies.current().parties().name()).isEqualTo("Example");
    clock.advance(Duration.ofMillis(1));
    assertThat(policies.current().parties().name()).isEqualTo("Changed");
    assertThat(lines).isEmpty();
  }

  @Test
  void keepsTheLastGoodOneWhereTheNextIsBroken() {
    put(document);
    assertThat(policies.current().parties().name()).isEqualTo("Example");
    put(document.replace("{\"acr\": \"aal2\", \"binding", "{\"acr\": \"aal9\", \"binding"));
    clock.advance(DynamoPolicies.KEPT);
    assertThat(policies.current().parties().name()).isEqualTo("Example");
    assertThat(lines)
        .containsExactly(
            Map.of(
                "time",
                clock.instant(),
                "policy",
                "kept",
                "why",
                "/actions/pay/acr: Member acr names no level.",
                "line",
                14));
  }

  @Test
  void takesNoOtherTenantsDocument() {
    put(EXAMPLE.replace("\"default\"", "\"other\""));
    assertThatThrownBy(policies::current)
        .isInstanceOfSatisfying(
            PolicyRefused.class, e -> assertThat(e.pointer()).isEqualTo("/tenant"));
  }

  @Tag("R32")
  @Test
  void keepsTheLastGoodOneWhereTheTableIsGone() {
    put(document);
    var client = new Switched();
    var policies =
        new DynamoPolicies(
            new StileTable(client, DynamoLocal.shared().name()), tenant, clock, lines::add);
    assertThat(policies.current().parties().name()).isEqualTo("Example");
    client.down = true;
    clock.advance(DynamoPolicies.KEPT);
    assertThat(policies.current().parties().name()).isEqualTo("Example");
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).containsEntry("why", "unavailable");
  }

  @Test
  void decidesNothingWithoutADocument() {
    assertThatThrownBy(policies::current).isInstanceOf(DynamoPolicies.PolicyMissing.class);
  }

  @Test
  void decidesNothingByABrokenDocument() {
    put("{}");
    assertThatThrownBy(policies::current).isInstanceOf(PolicyRefused.class);
  }

  /// The client of the shared table, until it is down.
  private static final class Switched implements DynamoDbClient {
    private boolean down;

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      if (down) {
        throw SdkClientException.create("down");
      }
      return DynamoLocal.shared().client().getItem(request);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
