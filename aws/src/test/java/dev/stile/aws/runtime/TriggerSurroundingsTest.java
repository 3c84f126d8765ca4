package dev.stile.aws.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriggerSurroundingsTest {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "AWS_REGION", "eu-central-1",
          "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
          "AWS_SECRET_ACCESS_KEY", "secret",
          "STILE_ISSUER", "https://stile.example",
          "STILE_TABLE", "stile");

  /// Cognito waits for 5 seconds, and Verify calls Stile and then the table.
  @Test
  void leavesATriggerTimeToAnswer() {
    assertThat(TriggerModule.STEP_UP.plus(TriggerModule.TABLE.call()))
        .isLessThanOrEqualTo(Duration.ofMillis(4_500));
  }

  @Test
  void isMadeOfTheVariables() {
    TriggerSurroundings surroundings = TriggerSurroundings.of(VARIABLES);
    assertThat(surroundings.stepUps()).isNotNull();
    assertThat(surroundings.signIns()).isNotNull();
  }

  @Test
  void callsNoStileWithoutTls() {
    Map<String, String> variables = new HashMap<>(VARIABLES);
    variables.put("STILE_ISSUER", "http://stile.example");
    assertThatIllegalStateException()
        .isThrownBy(() -> TriggerSurroundings.of(variables).stepUps())
        .withMessageContaining("STILE_ISSUER is not an https address");
  }
}
