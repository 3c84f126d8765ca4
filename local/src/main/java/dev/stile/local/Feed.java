package dev.stile.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/// The newest of something, oldest first and numbered as they come, and whoever waits for more.
final class Feed<E extends Feed.Entry> {
  private final int kept;
  private final Deque<E> entries = new ArrayDeque<>();
  private final Lock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private long last;

  /// The oldest go when there are more than are kept.
  Feed(int kept) {
    this.kept = kept;
  }

  /// What has a number here, and what is shown of it; its `id` ends in the number.
  interface Entry {
    long number();

    Map<String, Object> view();
  }

  void add(LongFunction<E> entry) {
    lock.lock();
    try {
      entries.add(entry.apply(++last));
      if (entries.size() > kept) {
        entries.removeFirst();
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<E> after(long number) {
    lock.lock();
    try {
      return entries.stream().filter(entry -> entry.number() > number).toList();
    } finally {
      lock.unlock();
    }
  }

  /// The same, waiting a while for one to come.
  List<E> await(long number, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (last <= number && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return after(number);
    } finally {
      lock.unlock();
    }
  }

  long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// The number in an id, 0 where there is none.
  static long number(String id) {
    try {
      return Long.parseLong(id.substring(id.indexOf('_') + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
