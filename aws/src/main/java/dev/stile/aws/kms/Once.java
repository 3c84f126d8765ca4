package dev.stile.aws.kms;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// Values that are loaded once and kept. Whoever asks while one is being loaded waits for that load
/// and shares its end; a failed one is forgotten, and the next to ask tries again.
final class Once<K, V> {
  private final Function<K, V> load;
  private final ConcurrentMap<K, CompletableFuture<V>> values = new ConcurrentHashMap<>();

  Once(Function<K, V> load) {
    this.load = load;
  }

  V get(K key) {
    CompletableFuture<V> there = values.get(key);
    if (there != null) {
      return await(there);
    }
    var mine = new CompletableFuture<V>();
    there = values.putIfAbsent(key, mine);
    return there == null ? load(key, mine) : await(there);
  }

  private V load(K key, CompletableFuture<V> mine) {
    try {
      V value = load.apply(key);
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      values.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static <V> V await(CompletableFuture<V> value) {
    try {
      return value.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
