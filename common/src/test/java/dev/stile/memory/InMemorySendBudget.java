package dev.stile.memory;

import dev.stile.memory.InMemoryRates.Counter;
import dev.stile.subject.Tenant;
import dev.stile.throttle.SendBudget;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Send limits in memory: the last ten sends to each destination, and counters for the caps.
public final class InMemorySendBudget implements SendBudget {
  private final Map<Destination, List<Instant>> sends = new HashMap<>();
  private final InMemoryRates rates = new InMemoryRates();

  @Override
  public synchronized Reservation reserve(Send send, SendLimits limits, Instant now) {
    var destination = new Destination(send.subject().tenant(), send.destinationIndex());
    List<Instant> log = sends.getOrDefault(destination, List.of());
    Optional<Reservation> wait = wait(log, limits, now);
    if (wait.isPresent()) {
      return wait.get();
    }
    List<Cap> caps = caps(send, limits, now);
    for (Cap cap : caps) {
      Optional<Instant> full = rates.fullUntil(cap.counter(), cap.window());
      if (full.isPresent()) {
        return new Reservation.Capped(full.get());
      }
    }
    caps.forEach(cap -> rates.count(cap.counter()));
    sends.put(destination, with(now, log));
    return new Reservation.Reserved();
  }

  /// The longest wait that the sends to one destination ask for.
  private static Optional<Reservation> wait(List<Instant> log, SendLimits limits, Instant now) {
    if (log.isEmpty()) {
      return Optional.empty();
    }
    Instant paused = log.getLast().plus(limits.pause());
    Instant free = paused;
    for (Window window : limits.perDestination()) {
      if (log.size() >= window.count()) {
        Instant leaves = log.get(log.size() - window.count()).plus(window.per());
        free = leaves.isAfter(free) ? leaves : free;
      }
    }
    if (!now.isBefore(free)) {
      return Optional.empty();
    }
    return Optional.of(
        free.equals(paused) ? new Reservation.TooSoon(free) : new Reservation.Capped(free));
  }

  private static List<Instant> with(Instant now, List<Instant> log) {
    List<Instant> longer = new ArrayList<>(log);
    longer.add(now);
    int size = longer.size();
    return List.copyOf(longer.subList(Math.max(0, size - SendLimits.REMEMBERED), size));
  }

  private static List<Cap> caps(Send send, SendLimits limits, Instant now) {
    Tenant tenant = send.subject().tenant();
    return List.of(
        Cap.of(tenant, "user", send.subject().id(), limits.perUser(), now),
        Cap.of(tenant, "prefix", send.addressPrefix(), limits.perPrefix(), now),
        Cap.of(tenant, "tenant", "", limits.perTenant(), now));
  }

  private record Destination(Tenant tenant, String index) {}

  private record Cap(Counter counter, Window window) {
    static Cap of(Tenant tenant, String scope, String key, Window window, Instant now) {
      return new Cap(Counter.of(tenant, scope, key, window, now), window);
    }
  }
}
