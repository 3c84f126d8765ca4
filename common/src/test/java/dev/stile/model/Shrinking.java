package dev.stile.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Delta debugging (Zeller and Hildebrandt, 2002): leaves out ever smaller parts of a failing list,
/// until it fails no more without any single one of what is left.
final class Shrinking {
  private Shrinking() {}

  static <T> List<T> shortest(List<T> failing, Predicate<List<T>> fails) {
    List<T> shortest = failing;
    int part = Math.max(1, shortest.size() / 2);
    while (true) {
      List<T> shorter = withoutAPart(shortest, part, fails);
      if (shorter.size() < shortest.size()) {
        shortest = shorter;
        part = Math.clamp(part, 1, Math.max(1, shortest.size() / 2));
      } else if (part == 1) {
        return shortest;
      } else {
        part = part / 2;
      }
    }
  }

  private static <T> List<T> withoutAPart(List<T> list, int part, Predicate<List<T>> fails) {
    List<T> shorter = list;
    for (int end = list.size(); end > 0; end -= part) {
      List<T> candidate = new ArrayList<>(shorter.subList(0, Math.max(0, end - part)));
      candidate.addAll(shorter.subList(end, shorter.size()));
      if (fails.test(candidate)) {
        shorter = candidate;
      }
    }
    return shorter;
  }
}
