package dev.stile.challenge;

import java.util.Locale;

/// `requested → pending → approved | denied | expired | canceled | failed | blocked`. Terminal
/// states never change; expired and failed follow from the clock and the guesses and are never
/// written.
public enum Status {
  REQUESTED,
  PENDING,
  APPROVED,
  DENIED,
  EXPIRED,
  CANCELED,
  FAILED,
  BLOCKED;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Status ofWire(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  public boolean isTerminal() {
    return this != REQUESTED && this != PENDING;
  }
}
