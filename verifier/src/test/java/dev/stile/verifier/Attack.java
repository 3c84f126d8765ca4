package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.util.List;
import java.util.stream.Stream;

/// One bent token, and what it must be refused for: a refusal for another reason would leave the
/// defence that it aims at untested.
public record Attack(String name, Reason expected, String token) {
  /// All of them, in the name of the forge's issuer; other modules throw them at what they guard.
  public static List<Attack> all(Forge forge) {
    return Stream.of(
            HeaderAttacks.all(forge),
            SignatureAttacks.all(forge),
            EncodingAttacks.all(forge),
            JsonAttacks.all(forge),
            ClaimAttacks.all(forge))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
