package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord.About;
import dev.stile.challenge.Approval.Decision;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Status;
import dev.stile.factor.FactorKind;
import dev.stile.outbox.Change;
import dev.stile.outbox.Change.Image;
import dev.stile.outbox.Change.OfFactor;
import dev.stile.subject.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has happened to the challenges of a factor. That one expired is nobody's doing, and one
/// that was dropped had ended before.
final class ChallengeTransitions {
  private final Change change;
  private final Challenge after;
  private final List<Transition> found;

  private ChallengeTransitions(Change change, Challenge after, List<Transition> found) {
    this.change = change;
    this.after = after;
    this.found = found;
  }

  static List<Transition> of(OfFactor change) {
    Image before = change.before();
    Image after = change.after();
    return of(
        change,
        before == null ? List.of() : before.challenges(),
        after == null ? List.of() : after.challenges());
  }

  static List<Transition> of(Change change, List<Challenge> before, List<Challenge> after) {
    List<Transition> found = new ArrayList<>();
    for (Challenge challenge : after) {
      Optional<Challenge> was =
          before.stream().filter(c -> c.id().equals(challenge.id())).findFirst();
      new ChallengeTransitions(change, challenge, found).compare(was.orElse(null));
    }
    return found;
  }

  private void compare(@Nullable Challenge before) {
    opened(before);
    if (before == null || before.progress().status() != after.progress().status()) {
      ended();
    }
    int guesses = before == null ? 0 : before.progress().guesses();
    if (after.progress().guesses() > guesses) {
      guessed();
    }
    dispatched(before == null ? null : before.dispatch());
  }

  private void opened(@Nullable Challenge before) {
    Status status = after.progress().status();
    if (before == null) {
      Transition.Type type =
          status == Status.REQUESTED
              ? Transition.Type.CHALLENGE_REQUESTED
              : Transition.Type.CHALLENGE_OPENED;
      add(draft(type, after.lifetime().created()));
    } else if (before.progress().status() == Status.REQUESTED && status == Status.PENDING) {
      add(draft(Transition.Type.CHALLENGE_OPENED, change.origin().at()));
    }
  }

  private void ended() {
    Progress progress = after.progress();
    switch (progress.status()) {
      case APPROVED -> add(approved());
      case DENIED -> add(answered(Transition.Type.CHALLENGE_DENIED));
      case BLOCKED -> add(answered(Transition.Type.CHALLENGE_BLOCKED));
      case CANCELED -> {
        Draft canceled = draft(Transition.Type.CHALLENGE_CANCELED, moment());
        if (progress.replacedBy() != null) {
          canceled.because("replaced").with("replaced_by", progress.replacedBy().text());
        }
        add(canceled);
      }
      case REQUESTED, PENDING, EXPIRED, FAILED -> {}
    }
  }

  /// One that a chain goes on after has reached no level yet.
  private Draft approved() {
    Decision decision = after.approval().decision();
    Draft approved = answered(Transition.Type.CHALLENGE_APPROVED);
    return decision.chain().goesOn()
        ? approved.with("following", decision.chain().following())
        : approved.with("acr", decision.acr());
  }

  private void guessed() {
    int guesses = after.progress().guesses();
    add(
        answered(Transition.Type.GUESS_REJECTED)
            .because(
                after.id().kind() == FactorKind.WEBAUTHN ? "assertion_invalid" : "code_incorrect")
            .which(guesses)
            .with("attempts_left", after.attemptsLeft()));
    if (guesses >= Challenge.MAX_GUESSES) {
      add(answered(Transition.Type.CHALLENGE_FAILED).because("too_many_attempts"));
    }
  }

  private void dispatched(@Nullable Dispatch before) {
    Dispatch dispatch = after.dispatch();
    if (dispatch == null || before == null) {
      return;
    }
    int generation = dispatch.generation();
    if (generation > before.generation()) {
      add(sending(Transition.Type.CHALLENGE_RESENT, dispatch.requested(), generation));
    } else if (dispatch.delivery() != before.delivery()) {
      switch (dispatch.delivery()) {
        case SENT -> add(sending(Transition.Type.DELIVERY_SENT, change.origin().at(), generation));
        case FAILED ->
            add(
                sending(Transition.Type.DELIVERY_FAILED, change.origin().at(), generation)
                    .because(dispatch.reason()));
        case QUEUED, SENDING -> {}
      }
    }
  }

  private Draft sending(Transition.Type type, Instant at, int generation) {
    return draft(type, at).which(generation).with("generation", generation);
  }

  private Draft answered(Transition.Type type) {
    return draft(type, moment()).by(call(after.progress().requestId()));
  }

  /// Of one that nobody's answer brought about, the client is all that is known of the call.
  private Draft draft(Transition.Type type, Instant at) {
    return Draft.of(type, at).by(call(""));
  }

  private Call call(String request) {
    return new Call(after.approval().client(), request);
  }

  private Instant moment() {
    return Objects.requireNonNullElse(after.progress().lastVerdict(), change.origin().at());
  }

  private void add(Draft draft) {
    String action = after.approval().action();
    var about = new About(after.id().factor(), after.id().kind(), after.id(), action);
    found.add(draft.of(change.subject(), about));
  }
}
