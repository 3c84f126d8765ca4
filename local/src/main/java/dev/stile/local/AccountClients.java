package dev.stile.local;

import dagger.BindsInstance;
import dagger.Component;
import dev.stile.aws.AwsClientsModule;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.AwsHttpModule;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Clients for what is not a function's business: making the table, the queues and the topic, and
/// polling.
@Singleton
@Component(modules = {AwsClientsModule.class, AwsHttpModule.class})
interface AccountClients {
  DynamoDbClient dynamoDb();

  DynamoDbStreamsClient streams();

  SqsClient sqs();

  SnsClient sns();

  @Component.Factory
  interface Factory {
    AccountClients create(@BindsInstance AwsEnvironment environment);
  }
}
