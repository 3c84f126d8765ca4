package dev.stile.local;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is made of the policy, and made anew where the policy is another.
final class Following<P, T> implements Supplier<T> {
  private final Supplier<P> policies;
  private final Function<P, T> make;
  private @Nullable Made<P, T> last;

  Following(Supplier<P> policies, Function<P, T> make) {
    this.policies = policies;
    this.make = make;
  }

  private record Made<P, T>(P of, T what) {}

  @Override
  public synchronized T get() {
    P policy = policies.get();
    Made<P, T> made = last;
    if (made == null || !made.of().equals(policy)) {
      made = new Made<>(policy, make.apply(policy));
      last = made;
    }
    return made.what();
  }
}
