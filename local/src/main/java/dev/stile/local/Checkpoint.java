package dev.stile.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How far a stream was read, so that the next process goes on there. It stays a minute behind: the
/// local queues end with the process, and what was in them has to come out of the stream again.
/// Whatever comes twice changes nothing.
final class Checkpoint {
  private static final Duration BEHIND = Duration.ofMinutes(1);

  private final String stream;
  private final @Nullable Path file;
  private final LongSupplier nanos;
  private final Map<String, String> kept;
  private final Deque<Passed> passed = new ArrayDeque<>();

  private Checkpoint(
      String stream, @Nullable Path file, LongSupplier nanos, Map<String, String> kept) {
    this.stream = stream;
    this.file = file;
    this.nanos = nanos;
    this.kept = kept;
  }

  static Checkpoint of(String stream, @Nullable Path file) {
    return of(stream, file, System::nanoTime);
  }

  /// That of this stream; the one of another, of a table that is gone, says nothing.
  static Checkpoint of(String stream, @Nullable Path file, LongSupplier nanos) {
    Map<String, String> kept = new HashMap<>();
    if (file != null && Files.exists(file)) {
      var read = new Properties();
      try (var in = Files.newBufferedReader(file)) {
        read.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (stream.equals(read.remove("stream"))) {
        read.forEach((shard, number) -> kept.put(shard.toString(), number.toString()));
      }
    }
    return new Checkpoint(stream, file, nanos, kept);
  }

  String stream() {
    return stream;
  }

  /// The last record of a shard that is known to have been read; null where none is.
  @Nullable String last(String shard) {
    return kept.get(shard);
  }

  void passed(String shard, String sequenceNumber) {
    if (file == null) {
      return;
    }
    passed.add(new Passed(shard, sequenceNumber, nanos.getAsLong()));
    boolean moved = false;
    while (nanos.getAsLong() - passed.getFirst().nanos() > BEHIND.toNanos()) {
      Passed oldest = passed.removeFirst();
      kept.put(oldest.shard(), oldest.sequenceNumber());
      moved = true;
    }
    if (moved) {
      write(file);
    }
  }

  /// Whole or not at all, whenever the process ends.
  private void write(Path to) {
    var written = new Properties();
    written.putAll(kept);
    written.put("stream", stream);
    Path next = to.resolveSibling(to.getFileName() + ".next");
    try {
      try (var out = Files.newBufferedWriter(next)) {
        written.store(out, null);
      }
      Files.move(next, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Passed(String shard, String sequenceNumber, long nanos) {}
}
