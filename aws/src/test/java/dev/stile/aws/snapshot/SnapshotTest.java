package dev.stile.aws.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.aws.runtime.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class SnapshotTest {
  private static final Context<? extends Resource> CONTEXT = Core.getGlobalContext();
  private static final String POLICY =
      """
      {"tenant": "default", "name": "Test", "issuers": [], "clients": [],
       "levels": [{"acr": "aal2", "factors": ["totp"]}], "actions": {"manage-factors": {}},
       "limits": {"sends": {"pause": "PT30S", "per_destination": [{"count": 3, "per": "PT10M"}],
         "per_user": {"count": 9, "per": "PT1H"}, "per_address_prefix": {"count": 9, "per": "PT1H"},
         "per_tenant": {"count": 9, "per": "P1D"}},
         "challenges_per_user": {"count": 9, "per": "PT10M"},
         "enrollments_per_user": {"count": 9, "per": "PT10M"}}}
      """;

  @TempDir private Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> rehearsed = new ArrayList<>();
  private Snapshot<Surroundings> snapshot = of(() -> rehearsed.add("once"));

  private Snapshot<Surroundings> of(Runnable rehearsal) {
    return new Snapshot<>(
        () -> ProductionSurroundings.of(variables), surroundings -> surroundings, rehearsal);
  }

  private Surroundings started() throws IOException {
    Path policy = folder.resolve("policy.json");
    Files.writeString(policy, POLICY);
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("AWS_ACCESS_KEY_ID", "FIRST");
    variables.put("AWS_SECRET_ACCESS_KEY", "secret");
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1");
    variables.put("STILE_ISSUER", "https://stile.example");
    variables.put("STILE_TABLE", "stile");
    variables.put("STILE_KMS_KEY", "key");
    variables.put("STILE_POLICY", policy.toString());
    return snapshot.get();
  }

  @Test
  void isBuiltOnceUntilASnapshotIsTaken() throws IOException {
    assertThat(started()).isSameAs(snapshot.get());
    assertThat(rehearsed).isEmpty();
  }

  @Test
  void closesItsClientsBeforeASnapshot() throws IOException {
    DynamoDbClient client = started().dynamoDb();
    snapshot.beforeCheckpoint(CONTEXT);
    assertThat(rehearsed).hasSize(1);
    assertThatThrownBy(client::listTables).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  @Tag("R35")
  void makesEverythingAnewAfterEachRestore() throws IOException {
    Surroundings before = started();
    snapshot.beforeCheckpoint(CONTEXT);
    snapshot.afterRestore(CONTEXT);
    Surroundings first = snapshot.get();
    DynamoDbClient firstClient = first.dynamoDb();
    variables.put("STILE_TABLE", "other");
    snapshot.afterRestore(CONTEXT);
    Surroundings second = snapshot.get();
    assertThat(List.of(before, first, second)).doesNotHaveDuplicates();
    assertThat(List.of(before.dynamoDb(), firstClient, second.dynamoDb())).doesNotHaveDuplicates();
    assertThat(List.of(before.keyRing(), first.keyRing(), second.keyRing()))
        .doesNotHaveDuplicates();
    assertThat(List.of(before.signingKeys(), first.signingKeys(), second.signingKeys()))
        .doesNotHaveDuplicates();
    assertThat(List.of(before.publishedKeys(), first.publishedKeys(), second.publishedKeys()))
        .doesNotHaveDuplicates();
    assertThat(second.settings().table()).isEqualTo("other");
    assertThatThrownBy(firstClient::listTables).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void isTakenThoughTheRehearsalWentWrong() throws IOException {
    snapshot =
        of(() -> {
          throw new IllegalStateException("recorded for another version");
        });
    Surroundings before = started();
    snapshot.beforeCheckpoint(CONTEXT);
    snapshot.afterRestore(CONTEXT);
    assertThat(Objects.requireNonNull(snapshot.get())).isNotSameAs(before);
  }
}
