package dev.stile.interleaving;

import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Refused;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Failures;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What callers were told, in the order in which it took effect, and what must hold of it: a code
/// succeeds once; a challenge judges five times at most; no guess is judged once it has ended,
/// expired, been replaced, or while its factor is delayed; a right code is never called wrong; and
/// the table counts exactly what was told.
final class Ledger {
  private final Map<ChallengeId, Course> courses = new HashMap<>();
  private final Map<String, Boolean> told = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private Failures failures = Failures.NONE;
  private @Nullable String violation;

  Ledger copy() {
    var copy = new Ledger();
    copy.courses.putAll(courses);
    copy.told.putAll(told);
    copy.used.addAll(used);
    copy.failures = failures;
    copy.violation = violation;
    return copy;
  }

  List<Object> snapshot() {
    return List.of(
        Map.copyOf(courses), Map.copyOf(told), Set.copyOf(used), failures, violation == null);
  }

  @Nullable String violation() {
    return violation;
  }

  /// Failures that happened before the exploration.
  void begin(Failures before) {
    failures = before;
  }

  /// `code` is the only one that it takes from now on, null where an app shows it.
  void opened(Challenge challenge, @Nullable String code) {
    courses.put(
        challenge.id(),
        new Course(
            code,
            challenge.progress().guesses(),
            challenge.lifetime().expires(),
            null,
            false,
            false));
  }

  /// A challenge that came with its verdict: it takes one guess, and shows all as used up by it.
  void brought(Challenge challenge, Verification verification) {
    var last = new Challenge.Progress(Status.PENDING, Challenge.MAX_GUESSES - 1, null, null, null);
    if (!courses.containsKey(challenge.id())) {
      opened(verification instanceof Rejected ? challenge.with(last) : challenge, null);
    }
  }

  void ended(ChallengeId id) {
    courses.computeIfPresent(id, (any, course) -> course.end());
  }

  /// A resend: guesses stay.
  void renewed(ChallengeId id, String code) {
    courses.computeIfPresent(id, (any, course) -> course.with(code));
  }

  /// A verdict on the code that was given.
  void verdict(Attempt attempt, String code, Verification verification) {
    switch (verification) {
      case Verified verified -> judged(attempt, code, true);
      case Rejected rejected -> judged(attempt, code, false);
      case Refused refused -> refused(attempt, refused);
      case Verification.Overtaken overtaken -> {}
    }
  }

  private void judged(Attempt attempt, String code, boolean approved) {
    Course course = course(attempt);
    Boolean before = told.putIfAbsent(attempt.request(), approved);
    if (before != null && attempt.request().equals(course.last())) {
      demand(before == approved, "a repeated call was told otherwise");
      return;
    }
    // Overtaken by another guess, a repeated call does not know itself: it counts once more.
    demand(before == null || !approved, "a repeated call was told otherwise");
    demand(course.admits(attempt.now()), "a verdict on a challenge that is over");
    demand(failures.admitsGuess(attempt.now()), "a verdict on a factor that is delayed");
    if (approved) {
      demand(course.takes(code), "an approval by a wrong or replaced code");
      demand(used.add(code), "a second success of one code");
      failures = Failures.NONE;
      courses.put(attempt.challenge(), course.approve(attempt.request()));
    } else {
      demand(!course.takes(code) || used.contains(code), "a right code that was called wrong");
      failures = failures.plusOne(attempt.now());
      courses.put(attempt.challenge(), course.guess(attempt.request()));
    }
  }

  private void refused(Attempt attempt, Refused refused) {
    demand(
        !course(attempt).admits(attempt.now()) || !failures.admitsGuess(attempt.now()),
        "a refusal for " + refused.reason() + " with nothing against the guess");
  }

  private Course course(Attempt attempt) {
    Course course = courses.get(attempt.challenge());
    if (course == null) {
      throw new AssertionError("a verdict on a challenge that nobody opened");
    }
    return course;
  }

  /// The table must show what was told.
  void compare(World world) {
    demand(world.factor().failures().equals(failures), "failures that are not what was told");
    courses.forEach((id, course) -> {
      Challenge.Progress progress = world.challenge(id).progress();
      demand(progress.guesses() == course.guesses(), "guesses that are not what was told");
      demand(
          (progress.status() == Status.APPROVED) == course.approved(),
          "an approval that is not what was told");
    });
  }

  private void demand(boolean holds, String otherwise) {
    if (!holds && violation == null) {
      violation = otherwise;
    }
  }

  /// How one challenge stands by what was told about it.
  private record Course(
      @Nullable String code,
      int guesses,
      Instant expires,
      @Nullable String last,
      boolean ended,
      boolean approved) {
    boolean admits(Instant now) {
      return !ended && guesses < Challenge.MAX_GUESSES && now.isBefore(expires);
    }

    boolean takes(String given) {
      return code == null ? given.startsWith(Apps.SHOWN) : code.equals(given);
    }

    Course end() {
      return new Course(code, guesses, expires, last, true, approved);
    }

    Course approve(String request) {
      return new Course(code, guesses, expires, request, true, true);
    }

    Course guess(String request) {
      return new Course(code, guesses + 1, expires, request, ended, approved);
    }

    Course with(String newCode) {
      return new Course(newCode, guesses, expires, last, ended, approved);
    }
  }
}
