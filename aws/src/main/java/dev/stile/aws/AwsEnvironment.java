package dev.stile.aws;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/// Where the clients call and as whom, read from the variables that Lambda sets. Nothing is looked
/// up elsewhere: no profile files, no instance metadata, which cost time and surprise.
public record AwsEnvironment(
    Region region,
    AwsCredentialsProvider credentials,
    Map<Service, URI> endpoints,
    Patience patience) {

  public AwsEnvironment {
    endpoints = Map.copyOf(endpoints);
  }

  /// A service whose endpoint may be another than AWS's, by the variable that all AWS tools know.
  public enum Service {
    DYNAMODB,
    SQS,
    SNS,
    SESV2,
    KMS;

    String variable() {
      return "AWS_ENDPOINT_URL_" + name();
    }
  }

  /// @throws IllegalArgumentException if region or credentials are missing
  public static AwsEnvironment of(Map<String, String> variables) {
    Map<Service, URI> endpoints = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      find(variables, service.variable())
          .ifPresent(endpoint -> endpoints.put(service, URI.create(endpoint)));
    }
    return new AwsEnvironment(
        Region.of(need(variables, "AWS_REGION")),
        credentials(variables),
        endpoints,
        Patience.USUAL);
  }

  /// The same with clients that wait otherwise.
  public AwsEnvironment with(Patience other) {
    return new AwsEnvironment(region, credentials, endpoints, other);
  }

  /// How long clients wait: for one try, for all of a call, and between tries where it is not to be
  /// what the SDK chooses.
  public record Patience(Duration attempt, Duration call, @Nullable Duration pause) {
    /// What a user waits for fails within five seconds.
    public static final Patience USUAL =
        new Patience(Duration.ofSeconds(2), Duration.ofSeconds(5), null);
  }

  public Optional<URI> endpoint(Service service) {
    return Optional.ofNullable(endpoints.get(service));
  }

  /// Behind a snapshot the keys of the environment are those of the time when it was taken; the
  /// container endpoint, which the provider finds by the process's own variables, has fresh ones.
  private static AwsCredentialsProvider credentials(Map<String, String> variables) {
    return find(variables, "AWS_CONTAINER_CREDENTIALS_FULL_URI").isPresent()
        ? ContainerCredentialsProvider.create()
        : StaticCredentialsProvider.create(keys(variables));
  }

  private static AwsCredentials keys(Map<String, String> variables) {
    String id = need(variables, "AWS_ACCESS_KEY_ID");
    String secret = need(variables, "AWS_SECRET_ACCESS_KEY");
    return find(variables, "AWS_SESSION_TOKEN")
        .<AwsCredentials>map(token -> AwsSessionCredentials.create(id, secret, token))
        .orElseGet(() -> AwsBasicCredentials.create(id, secret));
  }

  private static String need(Map<String, String> variables, String name) {
    return find(variables, name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
  }

  private static Optional<String> find(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}
