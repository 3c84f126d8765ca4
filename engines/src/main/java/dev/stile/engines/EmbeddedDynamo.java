package dev.stile.engines;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/// DynamoDB and DynamoDB Streams on one loopback endpoint: the engine of DynamoDB Local in a Jetty
/// of our own, since its `ServerRunner` listens on every interface and reports its use to its
/// maker. All credentials and regions see the same tables.
///
/// Its threads are not daemons: without [#close] they keep the process alive, and after it the
/// sweepers of expired items and indexes look up once more, a second later at most. A program that
/// wants to be gone at once ends by `System.exit`.
public final class EmbeddedDynamo implements AutoCloseable {
  private final Server server;
  private final LocalDynamoDBServerHandler engine;
  private final URI endpoint;

  private EmbeddedDynamo(Server server, LocalDynamoDBServerHandler engine, URI endpoint) {
    this.server = server;
    this.engine = engine;
    this.endpoint = endpoint;
  }

  /// Tables that end with the engine.
  public static EmbeddedDynamo inMemory() {
    return start(null);
  }

  /// Tables that are kept in `directory`, which is created where missing. One engine at a time.
  public static EmbeddedDynamo in(Path directory) {
    try {
      return start(Files.createDirectories(directory).toString());
    } catch (IOException e) {
      throw new EngineFailure("Cannot keep tables in " + directory, e);
    }
  }

  private static EmbeddedDynamo start(@Nullable String directory) {
    Silence.fall();
    try {
      SQLiteLibraryLoader.initialize();
      var engine =
          new LocalDynamoDBServerHandler(
              new LocalDynamoDBRequestHandler(0, directory == null, directory, true, false), null);
      var threads = new QueuedThreadPool();
      threads.setName("dynamo");
      threads.setDaemon(true);
      var server = new Server(threads);
      var connector = new ServerConnector(server, 1, 1);
      connector.setHost(Loopback.ADDRESS);
      server.addConnector(connector);
      server.setHandler(new LoopbackOnly(engine));
      server.setStopTimeout(0);
      server.start();
      return new EmbeddedDynamo(server, engine, Loopback.endpoint(connector.getLocalPort()));
    } catch (Exception e) {
      throw new EngineFailure("The embedded DynamoDB does not start", e);
    }
  }

  /// What goes into `endpointOverride` of a DynamoDB or DynamoDB Streams client.
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new EngineFailure("The embedded DynamoDB does not stop", e);
    } finally {
      engine.close();
    }
  }
}
