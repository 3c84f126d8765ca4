package dev.stile.engines;

/// A service that the capture speaks in its own protocol.
interface CapturedService {
  boolean understands(Call call);

  /// The action called, as IAM names it.
  String action(Call call);

  /// Does what was asked; throws [Refusal] for what the real service would refuse.
  Answer answer(Call call);

  Answer refuse(Refusal refusal);

  /// What this service says where the rate is too high.
  Refusal throttled();

  /// What this service says where it is itself at fault.
  Refusal broken(String why);
}
