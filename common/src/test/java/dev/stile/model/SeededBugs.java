package dev.stile.model;

import dev.stile.assurance.FactorChoice;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.Question;
import dev.stile.challenge.Approval.Decision;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verdicts;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.Factors;
import dev.stile.subject.Subject;
import dev.stile.testing.Stores;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Stores with one mistake each, of those that others have made, bent around sound ones.
final class SeededBugs {
  private SeededBugs() {}

  /// A resend opens the challenge anew, and with it five new guesses (A03).
  static Stores resendForgetsGuesses(Stores sound) {
    Challenges challenges =
        bent(
            Challenges.class,
            sound.challenges(),
            Map.of(
                "renew",
                args ->
                    reopen(
                        sound.challenges(),
                        (Subject) args[0],
                        (Challenge) args[1],
                        (String) args[2],
                        (Instant) args[3])));
    return with(challenges, sound);
  }

  private static Optional<Challenge> reopen(
      Challenges sound, Subject subject, Challenge seen, String answer, Instant now) {
    Optional<Challenge> renewed = sound.renew(subject, seen, answer, now);
    Dispatch next = renewed.map(Challenge::dispatch).orElse(null);
    if (next == null || seen.progress().guesses() == 0) {
      return renewed;
    }
    var anew =
        new Challenge(
            seen.id(),
            seen.owner(),
            seen.approval(),
            seen.lifetime(),
            Progress.of(Status.PENDING),
            new Dispatch(next.generation(), Delivery.QUEUED, now, null, next.locale()));
    return sound.open(subject, anew, answer, now) instanceof Opening.Opened(var opened)
        ? Optional.of(opened)
        : Optional.empty();
  }

  /// A canceled challenge is shown as canceled, and its answer still approves it: the verdict does
  /// not look at the state (A26).
  static Stores canceledCanBeApproved(Stores sound) {
    Map<ChallengeId, Challenge> canceled = new HashMap<>();
    Function<Object[], Object> find =
        args ->
            sound
                .challenges()
                .find((Subject) args[0], (ChallengeId) args[1])
                .map(found -> canceled.getOrDefault(found.id(), found));
    Function<Object[], Object> cancel =
        args -> {
          Instant now = (Instant) args[4];
          Optional<Challenge> shown =
              sound
                  .challenges()
                  .find((Subject) args[0], (ChallengeId) args[1])
                  .filter(c -> c.owner().equals(args[2]) && c.isLive(now))
                  .filter(c -> !canceled.containsKey(c.id()))
                  .map(c -> canceled(c, (ChallengeId) args[3], now));
          shown.ifPresent(c -> canceled.put(c.id(), c));
          return shown;
        };
    Challenges challenges =
        bent(Challenges.class, sound.challenges(), Map.of("find", find, "cancel", cancel));
    return with(challenges, sound);
  }

  private static Challenge canceled(Challenge was, ChallengeId by, Instant now) {
    Progress progress = was.progress();
    return new Challenge(
        was.id(),
        was.owner(),
        was.approval(),
        was.lifetime(),
        new Progress(Status.CANCELED, progress.guesses(), now, progress.lastRequest(), by),
        was.prompt());
  }

  /// No step of an app counts as used, so that a code is good for as long as it is shown (A07).
  static Stores replayIsAccepted(Stores sound) {
    Factors factors =
        bent(
            Factors.class,
            sound.factors(),
            Map.of(
                "find",
                args ->
                    sound
                        .factors()
                        .find((Subject) args[0], (FactorId) args[1])
                        .map(SeededBugs::withoutSteps)));
    Verdicts verdicts =
        bent(
            Verdicts.class,
            sound.verdicts(),
            Map.of(
                "accept", args -> accept(sound.verdicts(), (Attempt) args[0], (TotpUse) args[1])));
    return new Stores(
        factors,
        sound.challenges(),
        verdicts,
        sound.activations(),
        sound.assertions(),
        sound.registrations());
  }

  private static Factor withoutSteps(Factor factor) {
    return factor.credential() instanceof Totp totp
        ? new Factor(
            factor.id(),
            factor.label(),
            new Totp(
                totp.seed(),
                totp.parameters(),
                new TotpProgress(-1, null, null, totp.progress().drift())),
            factor.state(),
            factor.failures(),
            factor.times())
        : factor;
  }

  /// A sound store refuses the step, so it is given another one.
  private static Verification accept(Verdicts sound, Attempt attempt, TotpUse use) {
    Verification verification = sound.accept(attempt, use);
    return verification instanceof Verification.Overtaken(var factor)
            && factor.credential() instanceof Totp totp
        ? sound.accept(attempt, new TotpUse(totp.progress().lastStep() + 1, use.digest() + "'"))
        : verification;
  }

  /// A factor that has passed is asked for once more, and counts as another one.
  static Optional<FactorChoice> countsAFactorTwice(Question question, Wish wish, Chain before) {
    Optional<FactorChoice> sound = FactorChoice.make(question, wish, before);
    boolean again = before.passed().stream().anyMatch(p -> p.factor().equals(wish.factor()));
    return again ? counted(question, wish, before) : sound;
  }

  private static Optional<FactorChoice> counted(Question question, Wish wish, Chain before) {
    return FactorChoice.make(question, wish, Chain.SINGLE)
        .map(choice ->
            new FactorChoice(
                choice.factor(),
                List.of(),
                List.of(),
                new Decision("mfa", List.of(), List.of(), new Chain(before.passed(), 0, null))));
  }

  /// What was asked for at the beginning of a chain counts no more later on.
  static Optional<FactorChoice> forgetsTheFloor(Question question, Wish wish, Chain before) {
    return FactorChoice.make(question, wish, new Chain(before.passed(), 0, null));
  }

  /// What entitles to the next challenge of a chain can be shown again.
  static Stores ticketIsNotUsedUp(Stores sound) {
    Challenges challenges =
        bent(
            Challenges.class,
            sound.challenges(),
            Map.of(
                "openNext",
                args -> {
                  var challenge = (Challenge) args[1];
                  return sound
                      .challenges()
                      .open(
                          (Subject) args[0],
                          challenge,
                          (String) args[2],
                          challenge.lifetime().created());
                }));
    return with(challenges, sound);
  }

  private static Stores with(Challenges bent, Stores sound) {
    return new Stores(
        sound.factors(),
        bent,
        sound.verdicts(),
        sound.activations(),
        sound.assertions(),
        sound.registrations());
  }

  /// The port, with some of its methods answered otherwise.
  private static <T> T bent(Class<T> port, T sound, Map<String, Function<Object[], Object>> by) {
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, args) -> {
              Function<Object[], Object> instead = by.get(method.getName());
              return instead == null ? method.invoke(sound, args) : instead.apply(args);
            });
    return port.cast(proxy);
  }
}
