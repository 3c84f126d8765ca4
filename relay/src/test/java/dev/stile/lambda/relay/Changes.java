package dev.stile.lambda.relay;

import dev.stile.challenge.Approval;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Status;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.outbox.Change.Codes;
import dev.stile.outbox.Change.Image;
import dev.stile.outbox.Change.OfFactor;
import dev.stile.outbox.Change.OfRecoveryCodes;
import dev.stile.outbox.Change.Origin;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import dev.stile.testing.Samples;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A factor of one subject and what writes make of it.
final class Changes {
  static final Instant NOW = Samples.NOW;
  static final Instant STREAMED = NOW.plusSeconds(1);
  static final String REQUEST = Attempt.request(new Call("console", "request-1"), Samples.IDS);

  final Subject subject = Samples.subject();
  final Factor pending;

  Changes(FactorKind kind) {
    pending = Samples.pending(kind, NOW.minusSeconds(60));
  }

  Factor active() {
    return with(FactorState.ACTIVE, Failures.NONE);
  }

  Factor failed(int times) {
    return with(FactorState.ACTIVE, new Failures(times, NOW));
  }

  Factor with(FactorState state, Failures failures) {
    boolean proven = state == FactorState.ACTIVE;
    var times =
        new Factor.Times(
            pending.times().created(),
            proven ? null : pending.times().lapses(),
            proven ? NOW : null);
    return new Factor(pending.id(), pending.label(), pending.credential(), state, failures, times);
  }

  static Factor named(Factor factor, String label) {
    return new Factor(
        factor.id(), label, factor.credential(), factor.state(), factor.failures(), factor.times());
  }

  Challenge challenge(Status status) {
    return Samples.challenge(pending.id(), pending.kind(), "owner", status, NOW);
  }

  static Challenge guessed(Challenge challenge, int guesses) {
    return challenge.with(new Progress(challenge.progress().status(), guesses, NOW, REQUEST, null));
  }

  static Challenge ended(Challenge challenge, Status status) {
    return challenge.with(new Progress(status, 0, NOW, REQUEST, null));
  }

  static Challenge chained(Challenge challenge, Chain chain) {
    Approval was = challenge.approval();
    var decision =
        new Approval.Decision(was.decision().acr(), was.decision().reasons(), List.of(), chain);
    return Samples.approving(challenge, was.with(decision));
  }

  static Challenge sent(Challenge challenge, Dispatch dispatch) {
    return new Challenge(
        challenge.id(),
        challenge.owner(),
        challenge.approval(),
        challenge.lifetime(),
        challenge.progress(),
        dispatch);
  }

  static Image image(Factor factor, Challenge... challenges) {
    return new Image(factor, List.of(challenges), null);
  }

  OfFactor change(@Nullable Image before, @Nullable Image after) {
    return change(new Origin("stream-1", STREAMED), before, after);
  }

  OfFactor change(Origin origin, @Nullable Image before, @Nullable Image after) {
    return new OfFactor(origin, subject, pending.id(), before, after);
  }

  /// A challenge that is opened.
  OfFactor opened(Challenge challenge) {
    return change(image(active()), image(active(), challenge));
  }

  /// A change of a challenge alone.
  OfFactor change(Challenge before, Challenge after) {
    return change(image(active(), before), image(active(), after));
  }

  /// The wrong guess of this number, for the challenge and for the factor.
  OfFactor guess(Challenge challenge, int number) {
    return change(
        image(failed(number - 1), guessed(challenge, number - 1)),
        image(failed(number), guessed(challenge, number)));
  }

  OfFactor begun() {
    return change(null, image(pending));
  }

  OfFactor disabled() {
    return change(image(failed(49)), image(failed(50)));
  }

  OfFactor renamed() {
    return change(image(active()), image(named(active(), "My other one")));
  }

  static Codes codes(int left, int failures) {
    return new Codes(NOW.minusSeconds(60), left, new Failures(failures, NOW), NOW);
  }

  OfRecoveryCodes recovery(@Nullable Codes before, @Nullable Codes after) {
    return new OfRecoveryCodes(new Origin("stream-1", STREAMED), subject, before, after);
  }
}
