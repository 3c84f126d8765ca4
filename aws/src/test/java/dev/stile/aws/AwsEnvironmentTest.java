package dev.stile.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.aws.AwsEnvironment.Service;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.regions.Region;

class AwsEnvironmentTest {
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "AWS_REGION", "eu-central-1",
              "AWS_ACCESS_KEY_ID", "id",
              "AWS_SECRET_ACCESS_KEY", "s3cr3t"));

  @Test
  void takesTheKeysOfTheEnvironment() {
    AwsEnvironment environment = AwsEnvironment.of(variables);

    assertThat(environment.region()).isEqualTo(Region.EU_CENTRAL_1);
    assertThat(environment.credentials().resolveCredentials())
        .isEqualTo(AwsBasicCredentials.create("id", "s3cr3t"));
    assertThat(environment.endpoints()).isEmpty();
  }

  @Test
  void takesTheSessionOfARole() {
    variables.put("AWS_SESSION_TOKEN", "session");

    assertThat(AwsEnvironment.of(variables).credentials().resolveCredentials())
        .isEqualTo(AwsSessionCredentials.create("id", "s3cr3t", "session"));
  }

  @Test
  void prefersTheContainerWhereThereIsOne() {
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9001/credentials");

    assertThat(AwsEnvironment.of(variables).credentials())
        .isInstanceOf(ContainerCredentialsProvider.class);
  }

  @Test
  void readsTheEndpointOfEachService() {
    variables.put("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:1");
    variables.put("AWS_ENDPOINT_URL_SESV2", " ");

    AwsEnvironment environment = AwsEnvironment.of(variables);

    assertThat(environment.endpoint(Service.KMS)).contains(URI.create("http://127.0.0.1:1"));
    assertThat(environment.endpoint(Service.SESV2)).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    variables.remove("AWS_REGION");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AwsEnvironment.of(variables))
        .withMessage("AWS_REGION is not set");
  }

  @Test
  void printsNoSecret() {
    variables.put("AWS_SESSION_TOKEN", "s3ssi0n");

    assertThat(AwsEnvironment.of(variables).toString()).doesNotContain("s3cr3t", "s3ssi0n");
  }
}
