package dev.stile.aws.runtime;

import dev.stile.assurance.Policies;
import dev.stile.audit.Log;
import dev.stile.aws.courier.Sender;
import dev.stile.aws.sns.TopicArn;
import dev.stile.aws.sqs.FactQueueUrls;
import dev.stile.aws.sqs.QueueUrls;
import dev.stile.key.KeyRing;
import dev.stile.token.KeyRotation;
import dev.stile.token.PublishedKeys;
import dev.stile.token.SigningKeys;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What a function finds around it: an account, or the local mode. Each thing is made when it is
/// first asked for; a function's component asks for what it needs and for nothing else.
public interface Surroundings {
  Settings settings();

  Clock clock();

  Log log();

  Policies policies();

  KeyRing keyRing();

  SigningKeys signingKeys();

  PublishedKeys publishedKeys();

  KeyRotation keyRotation();

  DynamoDbClient dynamoDb();

  SqsClient sqs();

  QueueUrls queueUrls();

  FactQueueUrls factQueueUrls();

  TopicArn eventTopicArn();

  SnsClient sns();

  SesV2Client ses();

  Sender sender();
}
