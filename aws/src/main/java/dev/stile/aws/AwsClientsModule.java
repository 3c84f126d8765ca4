package dev.stile.aws;

import dagger.Module;
import dagger.Provides;
import dagger.multibindings.Multibinds;
import dev.stile.aws.AwsEnvironment.Patience;
import dev.stile.aws.AwsEnvironment.Service;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// The clients, over one pool of connections. Each is made when it is first asked for, so that a
/// function pays for those it uses.
@Module
public abstract class AwsClientsModule {
  private static final int SEND_TRIES = 3;
  private static final int SERVER_ERROR = 500;

  private AwsClientsModule() {}

  /// Who looks on at each call: nobody in an account, the local mode where it runs.
  @Multibinds
  abstract Set<ExecutionInterceptor> onlookers();

  @Provides
  static Surface surface(
      AwsEnvironment environment,
      SdkHttpClient http,
      Set<ExecutionInterceptor> onlookers,
      OpenClients open) {
    return new Surface(environment, http, onlookers, open);
  }

  /// For the local mode, which does what an event source mapping does; no function reads a stream
  /// by itself.
  @Provides
  @Singleton
  static DynamoDbStreamsClient streams(Surface surface) {
    return client(DynamoDbStreamsClient.builder(), Service.DYNAMODB, surface, retrying(surface));
  }

  @Provides
  @Singleton
  static DynamoDbClient dynamoDb(Surface surface) {
    return client(DynamoDbClient.builder(), Service.DYNAMODB, surface, retrying(surface));
  }

  @Provides
  @Singleton
  static SqsClient sqs(Surface surface) {
    return client(SqsClient.builder(), Service.SQS, surface, retrying(surface));
  }

  @Provides
  @Singleton
  static KmsClient kms(Surface surface) {
    return client(KmsClient.builder(), Service.KMS, surface, retrying(surface));
  }

  @Provides
  @Singleton
  static SnsClient sns(Surface surface) {
    return client(SnsClient.builder(), Service.SNS, surface, sending(surface));
  }

  @Provides
  @Singleton
  static SesV2Client ses(Surface surface) {
    return client(SesV2Client.builder(), Service.SESV2, surface, sending(surface));
  }

  private static <
          B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable>
      C client(
          B builder,
          Service service,
          Surface surface,
          ClientOverrideConfiguration.Builder behaviour) {
    AwsEnvironment environment = surface.environment();
    environment.endpoint(service).ifPresent(builder::endpointOverride);
    return surface
        .open()
        .keep(
            builder
                .region(environment.region())
                .credentialsProvider(environment.credentials())
                .httpClient(surface.http())
                .overrideConfiguration(
                    behaviour
                        .defaultProfileFileSupplier(AwsClientsModule::noProfiles)
                        .executionInterceptors(List.copyOf(surface.onlookers()))
                        .build())
                .build());
  }

  /// What the clients of one function have in common.
  record Surface(
      AwsEnvironment environment,
      SdkHttpClient http,
      Set<ExecutionInterceptor> onlookers,
      OpenClients open) {}

  private static ClientOverrideConfiguration.Builder retrying(Surface surface) {
    Patience patience = surface.environment().patience();
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(patience.attempt())
        .apiCallTimeout(patience.call())
        .retryStrategy(pausing(AwsRetryStrategy.standardRetryStrategy(), patience));
  }

  /// A message may have gone out although no answer came, and carriers do not recognise a second
  /// one: only what the service itself said it did not do is tried again. The queue does the rest.
  private static ClientOverrideConfiguration.Builder sending(Surface surface) {
    Patience patience = surface.environment().patience();
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(patience.call())
        .retryStrategy(pausing(answeredOnly(), patience));
  }

  private static RetryStrategy pausing(RetryStrategy strategy, Patience patience) {
    Duration pause = patience.pause();
    if (pause == null) {
      return strategy;
    }
    BackoffStrategy fixed = BackoffStrategy.fixedDelayWithoutJitter(pause);
    return strategy.toBuilder().backoffStrategy(fixed).throttlingBackoffStrategy(fixed).build();
  }

  private static RetryStrategy answeredOnly() {
    return DefaultRetryStrategy.standardStrategyBuilder()
        .maxAttempts(SEND_TRIES)
        .retryOnException(AwsClientsModule::isAnswered)
        .build();
  }

  private static boolean isAnswered(Throwable failure) {
    return failure instanceof SdkServiceException answer
        && (answer.isThrottlingException() || answer.statusCode() >= SERVER_ERROR);
  }

  private static ProfileFile noProfiles() {
    return ProfileFile.builder()
        .content(InputStream.nullInputStream())
        .type(ProfileFile.Type.CONFIGURATION)
        .build();
  }
}
