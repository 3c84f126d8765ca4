package dev.stile.aws.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTest {
  private static final int CALLERS = 16;

  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void loadsOnceForAllWhoAskTogether() throws Exception {
    var go = new CountDownLatch(1);
    var once =
        new Once<String, Integer>(key -> {
          await(go);
          return loads.incrementAndGet();
        });
    Callable<Integer> ask = () -> once.get("a");

    try (var threads = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<Integer>> answers = new ArrayList<>();
      Collections.nCopies(CALLERS, ask).forEach(task -> answers.add(threads.submit(task)));
      go.countDown();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(1);
      }
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void forgetsAFailure() {
    var once =
        new Once<String, Integer>(key -> {
          if (loads.incrementAndGet() == 1) {
            throw new IllegalStateException("first");
          }
          return loads.get();
        });

    assertThatThrownBy(() -> once.get("a")).hasMessage("first");
    assertThat(once.get("a")).isEqualTo(2);
    assertThat(once.get("a")).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
