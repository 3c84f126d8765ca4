package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;

/// One bent token, and what it must be refused for: a refusal for another reason would leave the
/// defence that it aims at untested.
record Attack(String name, Reason expected, String token) {
  @Override
  public String toString() {
    return name;
  }
}
