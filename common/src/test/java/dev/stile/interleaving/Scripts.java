package dev.stile.interleaving;

import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges.Claim;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verification;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.interleaving.Actor.Step;
import dev.stile.memory.InMemoryStore;
import dev.stile.subject.Subject;
import dev.stile.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What callers do to one factor with one challenge on it, written as the use cases are: which port
/// is called after which.
final class Scripts {
  static final String OWNER = "owner";

  private final FactorKind kind;
  private final Subject subject = Samples.subject();
  private final FactorId factor = FactorId.random(Samples.IDS);
  private final Challenge first;

  Scripts(FactorKind kind) {
    this.kind = kind;
    this.first = challenge(Status.PENDING);
  }

  private Challenge challenge(Status status) {
    return Samples.challenge(factor, kind, OWNER, status, Samples.NOW);
  }

  /// Where an exploration begins: so many guesses on the challenge, so many failures on the factor.
  World begin(int guesses, int failures) {
    var before = new Failures(failures, failures == 0 ? Instant.EPOCH : Samples.ENROLLED);
    var table = new InMemoryStore();
    var world = new World(table, new Ledger(), subject, factor, Samples.NOW);
    put(world, before);
    world.ledger().begin(before);
    var progress = new Progress(Status.PENDING, guesses, null, null, null);
    open(world, first.with(progress));
    return world;
  }

  private void put(World world, Failures failures) {
    var active =
        new Factor(
            factor,
            "factor",
            Samples.credential(kind),
            FactorState.ACTIVE,
            failures,
            new Factor.Times(Samples.ENROLLED, null, null, null));
    world.stores().factors().add(subject, active, new Gate.FirstFactor());
  }

  private void open(World world, Challenge challenge) {
    String code = kind.isOutOfBand() ? code(challenge.id(), 1) : null;
    Opening opening = world.stores().challenges().open(subject, challenge, code, world.now());
    if (opening instanceof Opening.Opened) {
      if (kind.isOutOfBand()) {
        world.ledger().ended(first.id());
      }
      world.ledger().opened(challenge, code);
    }
  }

  /// The code that was sent first.
  String firstCode() {
    return code(first.id(), 1);
  }

  private static String code(ChallengeId id, int generation) {
    return "code " + generation + " of " + id;
  }

  // Guesses

  /// Answers with the first code that was sent.
  Actor right(String name) {
    return Actor.of(name, judges(name, firstCode()));
  }

  /// Answers with the code of the next generation, which is right once it was sent.
  Actor early(String name) {
    return Actor.of(name, judges(name, code(first.id(), 2)));
  }

  Actor wrong(String name) {
    return Actor.of(name, judges(name, "wrong"));
  }

  private Step judges(String request, String code) {
    return (world, held) -> {
      Attempt attempt =
          held instanceof Attempt before ? before : world.attempt(first.id(), request);
      Verification verification = world.stores().verdicts().judge(attempt, code);
      world.ledger().verdict(attempt, code, verification);
      return attempt;
    };
  }

  /// A call whose answer gets lost, so that the SDK repeats its write.
  static Actor repeated(Actor once) {
    List<Step> steps = new ArrayList<>(once.steps());
    steps.add(steps.getLast());
    return new Actor(once.name() + " twice", steps);
  }

  /// The challenge that everyone answers.
  Challenge first() {
    return first;
  }

  /// A challenge that is not opened yet.
  Challenge fresh() {
    return challenge(Status.PENDING);
  }

  // What happens beside them

  /// Another challenge on the same factor, which replaces the first where its codes are sent.
  Actor another() {
    Challenge second = challenge(Status.PENDING);
    return Actor.of(
        "another challenge",
        (world, held) -> {
          open(world, second);
          return null;
        });
  }

  Actor resend() {
    return Actor.of("resend", (world, held) -> world.challenge(first.id()), this::renew);
  }

  private @Nullable Object renew(World world, @Nullable Object held) {
    if (!(held instanceof Challenge seen)) {
      return null;
    }
    String code = code(first.id(), 2);
    Optional<Challenge> renewed =
        world.stores().challenges().renew(subject, seen, code, world.now());
    if (renewed.isPresent()) {
      world.ledger().renewed(first.id(), code);
    }
    return null;
  }

  Actor cancel() {
    return Actor.of(
        "cancel",
        (world, held) -> {
          if (world
              .stores()
              .challenges()
              .cancel(subject, first.id(), OWNER, null, world.now())
              .isPresent()) {
            world.ledger().ended(first.id());
          }
          return null;
        });
  }

  /// The worker claims the sending and settles it.
  Actor delivery() {
    return Actor.of(
        "delivery",
        (world, held) ->
            world
                .stores()
                .challenges()
                .claim(subject, first.id(), 1, world.now())
                .map(Claim::challenge)
                .orElse(null),
        (world, held) -> {
          world.stores().challenges().settle(subject, first.id(), 1, Dispatch.Delivery.SENT, null);
          return null;
        });
  }

  /// The clock reaches the end of the challenge.
  Actor expiry() {
    return Actor.of(
        "expiry",
        (world, held) -> {
          world.pass(first.lifetime().expires());
          return null;
        });
  }

  /// The clock reaches the end of the first delay.
  Actor patience() {
    return Actor.of(
        "30 seconds",
        (world, held) -> {
          world.pass(Samples.NOW.plus(Duration.ofSeconds(30)));
          return null;
        });
  }

  // As it must not be done

  /// Looks whether a guess is allowed and compares, and counts afterwards.
  Actor comparesFirst(String name, String code) {
    return Actor.of(
        name,
        (world, held) -> {
          boolean allowed =
              world.challenge(first.id()).isLive(world.now())
                  && world.factor().failures().admitsGuess(world.now());
          return allowed ? code.equals(firstCode()) : null;
        },
        (world, held) -> {
          Attempt attempt = world.attempt(first.id(), name);
          world.stores().verdicts().judge(attempt, code);
          world.ledger().verdict(attempt, code, told(world, Boolean.TRUE.equals(held)));
          return null;
        });
  }

  private Verification told(World world, boolean right) {
    return right
        ? new Verification.Verified(world.challenge(first.id()), world.factor())
        : new Verification.Rejected(0, Verification.Cause.INCORRECT);
  }

  /// Reads the count, and writes one more than it read.
  Actor readsThenWrites(String name) {
    return Actor.of(
        name,
        (world, held) -> world.challenge(first.id()),
        (world, held) -> {
          if (!(held instanceof Challenge read) || !read.isLive(world.now())) {
            return null;
          }
          Attempt attempt = world.attempt(first.id(), name);
          Verification verification = world.stores().verdicts().judge(attempt, "wrong");
          if (verification instanceof Verification.Rejected) {
            overwrite(world, read.progress().guesses() + 1);
          }
          world.ledger().verdict(attempt, "wrong", verification);
          return null;
        });
  }

  /// A resend that opens the challenge anew, and with it five new guesses.
  Actor forgetfulResend() {
    return Actor.of(
        "resend",
        (world, held) -> world.challenge(first.id()),
        (world, held) -> {
          renew(world, held);
          overwrite(world, 0);
          return null;
        });
  }

  private void overwrite(World world, int guesses) {
    Challenge now = world.challenge(first.id());
    var progress = new Progress(now.progress().status(), guesses, null, null, null);
    int generation = now.dispatch() == null ? 1 : now.dispatch().generation();
    world
        .stores()
        .challenges()
        .open(subject, now.with(progress), code(first.id(), generation), world.now());
  }

  /// A new challenge that forgives the factor its failures.
  Actor forgivingChallenge() {
    Challenge second = challenge(Status.PENDING);
    return Actor.of(
        "another challenge",
        (world, held) -> {
          put(world, Failures.NONE);
          open(world, first);
          open(world, second);
          return null;
        });
  }
}
