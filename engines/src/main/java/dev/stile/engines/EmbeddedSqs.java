package dev.stile.engines;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/// SQS on a loopback endpoint: ElasticMQ, in memory. Queues are made by the caller through the SDK,
/// with their delay, visibility timeout and redrive policy.
///
/// No server address is set, so that queue URLs carry the port that was really bound.
public final class EmbeddedSqs implements AutoCloseable {
  private static final String SETTINGS =
      """
      pekko {
        daemonic = on
        loggers = []
        loglevel = OFF
        stdout-loglevel = OFF
        log-dead-letters = off
        library-extensions = []
        jvm-exit-on-fatal-error = off
        coordinated-shutdown.run-by-jvm-shutdown-hook = off
      }
      """;

  private final ActorSystem actors;
  private final URI endpoint;

  private EmbeddedSqs(ActorSystem actors, URI endpoint) {
    this.actors = actors;
    this.endpoint = endpoint;
  }

  public static EmbeddedSqs start() {
    Silence.fall();
    var actors =
        ActorSystem.create(
            "sqs", ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load()));
    var bound =
        SQSRestServerBuilder.withActorSystem(actors)
            .withInterface(Loopback.ADDRESS)
            .withDynamicPort()
            .withAWSRegion(Aws.REGION)
            .withAWSAccountId(Aws.ACCOUNT)
            .start()
            .waitUntilStarted();
    return new EmbeddedSqs(actors, Loopback.endpoint(bound.localAddress().getPort()));
  }

  /// What goes into `endpointOverride` of an SQS client.
  public URI endpoint() {
    return endpoint;
  }

  /// Ends the actors at once: ElasticMQ's own stop would wait up to a minute for long polls.
  @Override
  public void close() {
    try {
      Await.ready(actors.terminate(), Duration.create(10, TimeUnit.SECONDS));
    } catch (Exception e) {
      throw new EngineFailure("The embedded SQS does not stop", e);
    }
  }
}
