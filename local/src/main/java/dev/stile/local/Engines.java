package dev.stile.local;

import dev.stile.aws.AwsEnvironment;
import dev.stile.engines.Capture;
import dev.stile.engines.EmbeddedDynamo;
import dev.stile.engines.EmbeddedSqs;
import dev.stile.engines.Outbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The embedded engines, started side by side.
record Engines(EmbeddedDynamo dynamo, EmbeddedSqs sqs, Capture capture) implements AutoCloseable {
  static final String REGION = "eu-central-1";
  static final String ACCESS_KEY_ID = "STILELOCAL";
  static final String SECRET_ACCESS_KEY = "stilelocalsecret";

  static Engines start(@Nullable Path directory, Outbox outbox) {
    var sqs = CompletableFuture.supplyAsync(EmbeddedSqs::start);
    EmbeddedDynamo dynamo =
        directory == null ? EmbeddedDynamo.inMemory() : EmbeddedDynamo.in(directory);
    return new Engines(dynamo, sqs.join(), Capture.start(outbox));
  }

  /// The variables that Lambda would set, and where to find the engines.
  AwsEnvironment environment() {
    return AwsEnvironment.of(
        Map.of(
            "AWS_REGION", REGION,
            "AWS_ACCESS_KEY_ID", ACCESS_KEY_ID,
            "AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY,
            "AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString(),
            "AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString(),
            "AWS_ENDPOINT_URL_SNS", capture.endpoint().toString(),
            "AWS_ENDPOINT_URL_SESV2", capture.endpoint().toString()));
  }

  @Override
  public void close() {
    capture.close();
    sqs.close();
    dynamo.close();
  }
}
