package dev.stile.local;

/// A factor in its owner's hand.
interface Device {
  String id();

  /// Waits until there can be another code.
  void rest();

  /// The code of this moment, or the next one that arrives.
  String code();
}
