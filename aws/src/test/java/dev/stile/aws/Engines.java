package dev.stile.aws;

import dagger.BindsInstance;
import dagger.Component;
import dev.stile.engines.Capture;
import dev.stile.engines.EmbeddedDynamo;
import dev.stile.engines.EmbeddedSqs;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The clients that production uses, over engines of this machine.
public final class Engines {
  private Engines() {}

  @Singleton
  @Component(modules = {AwsClientsModule.class, AwsHttpModule.class})
  public interface Clients {
    DynamoDbClient dynamoDb();

    SqsClient sqs();

    SnsClient sns();

    SesV2Client ses();

    KmsClient kms();

    @Component.Factory
    interface Factory {
      Clients create(@BindsInstance AwsEnvironment environment);
    }
  }

  public static Clients clients(Capture capture) {
    return clients(
        Map.of("SNS", capture.endpoint(), "SESV2", capture.endpoint(), "KMS", capture.endpoint()));
  }

  public static Clients clients(Capture capture, EmbeddedDynamo dynamo) {
    return clients(Map.of("KMS", capture.endpoint(), "DYNAMODB", dynamo.endpoint()));
  }

  public static Clients clients(EmbeddedSqs sqs) {
    return clients(Map.of("SQS", sqs.endpoint()));
  }

  public static Clients clients(Map<String, URI> endpoints) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    endpoints.forEach(
        (service, endpoint) -> variables.put("AWS_ENDPOINT_URL_" + service, endpoint.toString()));
    return DaggerEngines_Clients.factory().create(AwsEnvironment.of(variables));
  }
}
