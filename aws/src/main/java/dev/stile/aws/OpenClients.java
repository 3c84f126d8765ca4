package dev.stile.aws;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// The clients that were made, to be closed before a snapshot is taken.
@Singleton
public final class OpenClients implements AutoCloseable {
  private final Deque<SdkAutoCloseable> open = new ConcurrentLinkedDeque<>();

  @Inject
  public OpenClients() {}

  <C extends SdkAutoCloseable> C keep(C client) {
    open.push(client);
    return client;
  }

  /// The last one first, since each uses what was made before it.
  @Override
  public void close() {
    for (SdkAutoCloseable client = open.poll(); client != null; client = open.poll()) {
      client.close();
    }
  }
}
