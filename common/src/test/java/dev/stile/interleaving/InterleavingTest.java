package dev.stile.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.FactorKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Up to six callers in every order of their steps, and whether it would be noticed if their
/// verdicts were not one write.
@Tag("R03")
@Tag("R04")
class InterleavingTest {
  @Test
  void holdsWhereACodeIsReplaced() {
    var sms = new Scripts(FactorKind.SMS);
    holds(
        sms.begin(0, 0),
        sms.right("right"),
        Scripts.repeated(sms.right("right again")),
        sms.early("next code"),
        Scripts.repeated(sms.wrong("wrong")),
        sms.resend(),
        sms.another());
  }

  @Test
  void holdsWhereTheGuessesOfAChallengeEnd() {
    var sms = new Scripts(FactorKind.SMS);
    holds(
        sms.begin(3, 0),
        sms.right("right"),
        sms.wrong("wrong"),
        Scripts.repeated(sms.wrong("wrong again")),
        sms.early("next code"),
        sms.resend(),
        sms.delivery());
  }

  @Test
  void holdsWhereAFactorGetsDelayed() {
    var sms = new Scripts(FactorKind.SMS);
    holds(
        sms.begin(0, 3),
        Scripts.repeated(sms.right("right")),
        sms.wrong("wrong"),
        sms.wrong("wrong again"),
        sms.wrong("wrong once more"),
        sms.another(),
        sms.patience());
  }

  @Test
  void holdsWhereAChallengeEnds() {
    var sms = new Scripts(FactorKind.SMS);
    holds(
        sms.begin(4, 4),
        sms.right("right"),
        sms.wrong("wrong"),
        Scripts.repeated(sms.wrong("wrong again")),
        sms.cancel(),
        sms.expiry(),
        sms.patience());
  }

  @Test
  void holdsForTheCodeOfAnApp() {
    var app = new Scripts(FactorKind.TOTP);
    holds(
        app.begin(0, 0),
        Apps.right("right", app.first()),
        Apps.repeated(Apps.right("right again", app.first())),
        Apps.wrong("wrong", app.first()),
        Apps.atOnce("at once", app.fresh()),
        app.cancel(),
        app.expiry());
  }

  @Test
  void holdsWhereAnAppGetsDelayed() {
    var app = new Scripts(FactorKind.TOTP);
    holds(
        app.begin(3, 4),
        Apps.right("right", app.first()),
        Apps.repeated(Apps.wrong("wrong", app.first())),
        Apps.repeated(Apps.atOnce("at once", app.fresh())),
        app.another(),
        app.cancel(),
        app.patience());
  }

  private static void holds(World begin, Actor... actors) {
    assertThat(actors).hasSize(6);
    Exploration explored = Exploration.of(begin, List.of(actors));
    assertThat(explored.violation()).isEmpty();
    System.out.printf(
        "%s: %,d states in %,d interleavings%n",
        List.of(actors), explored.states(), explored.interleavings());
    assertThat(explored.states()).isGreaterThan(500);
  }

  @Test
  void noticesThatGuessesAreComparedBeforeTheyAreCounted() {
    var scripts = new Scripts(FactorKind.SMS);
    Actor wrong = scripts.comparesFirst("wrong", "wrong");
    Actor other = scripts.comparesFirst("other", "wrong");
    assertThat(violation(scripts.begin(4, 0), wrong, other))
        .isEqualTo("a verdict on a challenge that is over");
    Actor right = scripts.comparesFirst("right", scripts.firstCode());
    Actor again = scripts.comparesFirst("again", scripts.firstCode());
    assertThat(violation(scripts.begin(0, 0), right, again))
        .isEqualTo("a verdict on a challenge that is over");
  }

  @Test
  void noticesThatACountIsReadAndThenWritten() {
    var scripts = new Scripts(FactorKind.SMS);
    assertThat(
            violation(
                scripts.begin(0, 0),
                scripts.readsThenWrites("wrong"),
                scripts.readsThenWrites("other")))
        .isEqualTo("guesses that are not what was told");
  }

  @Test
  void noticesThatAResendForgetsGuesses() {
    var scripts = new Scripts(FactorKind.SMS);
    assertThat(violation(scripts.begin(0, 0), scripts.wrong("wrong"), scripts.forgetfulResend()))
        .isEqualTo("guesses that are not what was told");
  }

  @Test
  void noticesThatANewChallengeForgivesFailures() {
    var scripts = new Scripts(FactorKind.SMS);
    assertThat(violation(scripts.begin(0, 0), scripts.wrong("wrong"), scripts.forgivingChallenge()))
        .isEqualTo("failures that are not what was told");
  }

  /// What is noticed of a mistake; the same actors one after the other show nothing.
  private static String violation(World begin, Actor... actors) {
    Optional<Exploration.Violation> found = Exploration.of(begin, List.of(actors)).violation();
    found.ifPresent(System.out::println);
    return found.map(Exploration.Violation::what).orElse("none");
  }
}
