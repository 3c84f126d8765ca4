package dev.stile.assurance;

import dev.stile.challenge.Chain;
import dev.stile.factor.Factor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The ways through a chain: which factors may come next, and the fewest that have to follow them
/// until the action's own steps are done and its level is reached. A factor counts once, and so
/// does a channel; one that a recovery code has bound counts with no other.
final class Path {
  private final Question question;
  private final int floor;

  Path(Question question, int floor) {
    this.question = question;
    this.floor = floor;
  }

  /// One factor that may come next, and all that have passed once its way has been gone.
  record Way(Factor factor, List<Proven> whole, int following) {}

  List<Way> after(List<Proven> passed) {
    List<Way> ways = new ArrayList<>();
    for (Factor factor : candidates(passed)) {
      Proven next = Proven.expected(factor);
      List<Proven> now = plus(passed, next);
      shortest(now, next)
          .map(whole -> new Way(factor, whole, whole.size() - now.size()))
          .filter(way -> way.following() == 0 || !isCapped(factor))
          .ifPresent(ways::add);
    }
    return ways;
  }

  private Optional<List<Proven>> shortest(List<Proven> passed, Proven next) {
    for (int size = passed.size(); size <= Chain.LONGEST; size++) {
      Optional<List<Proven>> whole = ofSize(size, passed, next);
      if (whole.isPresent()) {
        return whole;
      }
    }
    return Optional.empty();
  }

  private Optional<List<Proven>> ofSize(int size, List<Proven> passed, Proven next) {
    if (passed.size() == size) {
      return isEnough(passed) && isNeeded(next, passed) ? Optional.of(passed) : Optional.empty();
    }
    Set<Object> tried = new HashSet<>();
    for (Factor factor : candidates(passed)) {
      Proven following = Proven.expected(factor);
      if (tried.add(following.likeness())) {
        Optional<List<Proven>> whole = ofSize(size, plus(passed, following), next);
        if (whole.isPresent()) {
          return whole;
        }
      }
    }
    return Optional.empty();
  }

  private boolean isEnough(List<Proven> passed) {
    Policy policy = question.policy();
    return channels(passed).size() >= question.action().chain().size()
        && policy.acrOf(passed, question.now()).isPresent()
        && policy.rank(passed, question.now()) >= floor;
  }

  /// Nobody is asked for a factor without which the others are as good.
  private boolean isNeeded(Proven next, List<Proven> whole) {
    List<Proven> others = new ArrayList<>(whole);
    others.remove(next);
    return others.isEmpty() || !isEnough(others);
  }

  /// Whatever could be the next of these.
  private List<Factor> candidates(List<Proven> passed) {
    Action action = question.action();
    Set<String> channels = channels(passed);
    boolean alone = passed.isEmpty() && action.chain().size() <= 1;
    return question.account().usable().stream()
        .filter(f -> action.factorsAt(passed.size()).contains(f.kind()))
        .filter(f -> !channels.contains(f.channel()))
        .filter(f -> alone || !isCapped(f))
        .toList();
  }

  private static Set<String> channels(List<Proven> passed) {
    return passed.stream().map(p -> p.factor().channel()).collect(Collectors.toSet());
  }

  private boolean isCapped(Factor factor) {
    return factor.isCapped(question.now());
  }

  private static List<Proven> plus(List<Proven> passed, Proven next) {
    List<Proven> all = new ArrayList<>(passed);
    all.add(next);
    return all;
  }
}
