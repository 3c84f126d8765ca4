package dev.stile.aws.snapshot;

import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.aws.runtime.Surroundings;
import java.security.SecureRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/// A function on Lambda, of which a snapshot may be taken to start others from. The snapshot holds
/// none of it: keys, credentials, connections and the state of its random source are let go before,
/// and everything is made anew after each restore. What stays is what a rehearsal has taught the
/// process: classes and compiled code.
public final class Snapshot<F> implements Supplier<F>, Resource {
  /// The JDK keeps at most so much of what it read from the kernel.
  private static final int RANDOM_BUFFER_BYTES = 64 * 1024;

  private final Supplier<ProductionSurroundings> account;
  private final Function<Surroundings, F> build;
  private final Runnable rehearsal;
  private volatile @Nullable Running<F> running;

  public Snapshot(
      Supplier<ProductionSurroundings> account,
      Function<Surroundings, F> build,
      Runnable rehearsal) {
    this.account = account;
    this.build = build;
    this.rehearsal = rehearsal;
  }

  /// Built in the init phase, which a wrong setting ends.
  public static <F> Snapshot<F> of(Function<Surroundings, F> build) {
    return started(build, () -> {});
  }

  /// The same for a function with a rehearsal, which is a resource beside its handler.
  public static <F> Snapshot<F> of(
      Class<?> handler, Function<Surroundings, F> build, Rehearsal.Entry<F> entry) {
    return started(build, () -> Rehearsal.beside(handler).play(build, entry));
  }

  private static <F> Snapshot<F> started(Function<Surroundings, F> build, Runnable rehearsal) {
    var snapshot = new Snapshot<>(ProductionSurroundings::ofEnvironment, build, rehearsal);
    snapshot.get();
    Core.getGlobalContext().register(snapshot);
    return snapshot;
  }

  @Override
  public F get() {
    Running<F> there = running;
    return there == null ? start() : there.function();
  }

  private synchronized F start() {
    Running<F> there = running;
    if (there == null) {
      ProductionSurroundings surroundings = account.get();
      there = new Running<>(surroundings, build.apply(surroundings));
      running = there;
    }
    return there.function();
  }

  /// A rehearsal that goes wrong costs speed and nothing else.
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      rehearsal.run();
    } catch (RuntimeException e) {
      System.err.println("The rehearsal went wrong: " + e);
    }
    letGo();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    letGo();
    new SecureRandom().nextBytes(new byte[RANDOM_BUFFER_BYTES]);
    start();
  }

  private synchronized void letGo() {
    Running<F> there = running;
    running = null;
    if (there != null) {
      there.surroundings().openClients().close();
    }
  }

  private record Running<F>(ProductionSurroundings surroundings, F function) {}
}
