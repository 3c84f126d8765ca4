package dev.stile.testing;

/// What every suite over the table needs. Subjects are fresh in each test and each round, so that
/// the stores may be shared and need not be emptied.
public abstract class StoreContract {
  /// The stores under test; the same ones throughout a test.
  protected abstract Stores stores();

  /// How often each race is run.
  protected int rounds() {
    return 20;
  }

  /// How many callers take part in a race; at least 32, so that the last of them starts after
  /// others have finished.
  protected int parallelism() {
    return 50;
  }
}
