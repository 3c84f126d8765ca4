package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the functions tell of themselves while they work: every line, held to the embedded metric
/// format.
class MetricsTest {
  /// Without its metrics a line has about 250 bytes; CloudWatch charges by the byte.
  private static final int LONGEST = 1_100;

  @RegisterExtension static final RunningStile STILE = new RunningStile();

  private final User user = STILE.user();
  private final Authenticator app = user.app();

  @BeforeEach
  void work() {
    Mailbox phone = user.phoneBesides(app);
    user.approve("login", phone);
    user.verify(user.challenge("login", app).id(), app.wrong()).is(422);
    user.verify("x", "123456").is(404);
    user.ask("action", "unknown").is(403);
    STILE.api().get("/.well-known/jwks.json").is(200);
  }

  private static List<JsonNode> lines() {
    return STILE.log().stream().map(Body::read).toList();
  }

  @Test
  void areWellFormedInEveryLine() throws IOException {
    Schema schema = schema();
    assertThat(lines())
        .hasSizeGreaterThan(10)
        .allSatisfy(line -> assertThat(schema.validate(line)).as(line.toString()).isEmpty());
  }

  /// What a directive names has to be in the line: numbers for metrics, texts for dimensions.
  @Test
  void nameWhatTheLineHolds() {
    assertThat(lines())
        .allSatisfy(line ->
            assertThat(line.at("/_aws/CloudWatchMetrics"))
                .isNotEmpty()
                .allSatisfy(directive -> {
                  assertThat(directive.at("/Namespace").asText()).isEqualTo("Stile");
                  assertThat(directive.at("/Metrics"))
                      .allSatisfy(metric ->
                          assertThat(line.get(metric.at("/Name").asText()).isNumber()).isTrue());
                  assertThat(directive.at("/Dimensions"))
                      .allSatisfy(set ->
                          assertThat(set)
                              .allSatisfy(name ->
                                  assertThat(line.get(name.asText()).isTextual()).isTrue()));
                }));
  }

  /// R27: a person is neither measured nor a dimension.
  @Test
  void areOfNoPerson() {
    String log = String.join("\n", STILE.log());
    assertThat(log).doesNotContain(user.subject() + "\"", app.id(), app.secret(), "+4179", "chl_");
    Set<String> values = new HashSet<>();
    for (JsonNode line : lines()) {
      line.at("/_aws/CloudWatchMetrics")
          .forEach(directive ->
              directive
                  .at("/Dimensions")
                  .forEach(
                      set -> set.forEach(name -> values.add(line.get(name.asText()).asText()))));
    }
    assertThat(values)
        .allSatisfy(value ->
            assertThat(value)
                .matches("[a-z0-9_.]{1,40}|(GET|POST|PATCH|DELETE) /[a-z0-9_/.{}-]{1,80}"));
  }

  @Test
  void tellTheVerdictsAndDeliveriesThatWere() {
    assertThat(lines())
        .anySatisfy(line -> {
          assertThat(line.at("/verdicts").asInt()).isEqualTo(1);
          assertThat(line.at("/factor").asText()).isEqualTo("sms");
          assertThat(line.at("/outcome").asText()).isEqualTo("verified");
        })
        .anySatisfy(line -> {
          assertThat(line.at("/verdicts").asInt()).isEqualTo(1);
          assertThat(line.at("/factor").asText()).isEqualTo("totp");
          assertThat(line.at("/outcome").asText()).isEqualTo("code_incorrect");
        })
        .anySatisfy(line -> {
          assertThat(line.at("/deliveries").asInt()).isEqualTo(1);
          assertThat(line.at("/channel").asText()).isEqualTo("sms");
          assertThat(line.at("/outcome").asText()).isEqualTo("sent");
        });
  }

  @Test
  void leaveLinesShort() {
    assertThat(STILE.log())
        .allSatisfy(line ->
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).as(line).isLessThan(LONGEST));
  }

  private static Schema schema() throws IOException {
    try (InputStream in = MetricsTest.class.getResourceAsStream("emf.schema.json")) {
      return SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
          .getSchema(Objects.requireNonNull(in));
    }
  }
}
