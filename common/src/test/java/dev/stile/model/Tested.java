package dev.stile.model;

import dev.stile.assurance.FactorChoice;
import dev.stile.testing.Stores;

/// What is held to the model: the stores, and how the next factor of a chain is chosen.
record Tested(Stores stores, Asking.Choosing choosing) {
  static Tested of(Stores stores) {
    return new Tested(stores, FactorChoice::make);
  }
}
