package dev.stile.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Many callers at once: real threads that start together. Entrants beyond the number of threads
/// follow in their order, as the first ones finish.
public final class Race {
  /// How many run at the same time.
  public static final int THREADS = 16;

  private static final ExecutorService POOL =
      Executors.newFixedThreadPool(
          THREADS, task -> Thread.ofPlatform().daemon().name("race").unstarted(task));

  private Race() {}

  /// What came of each entrant, in their order.
  ///
  /// @throws AssertionError if one of them failed, with its failure as the cause
  public static <T> List<T> of(int entrants, IntFunction<T> entrant) {
    var start = new CountDownLatch(1);
    List<Future<T>> entered = new ArrayList<>();
    for (int i = 0; i < entrants; i++) {
      int number = i;
      entered.add(
          POOL.submit(() -> {
            start.await();
            return entrant.apply(number);
          }));
    }
    start.countDown();
    return entered.stream().map(Race::result).toList();
  }

  private static <T> T result(Future<T> entered) {
    try {
      return entered.get();
    } catch (ExecutionException e) {
      throw new AssertionError("an entrant of the race failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the race was interrupted", e);
    }
  }
}
