package dev.stile.lambda.relay;

import static dev.stile.lambda.relay.Changes.NOW;
import static dev.stile.lambda.relay.Changes.STREAMED;
import static dev.stile.lambda.relay.Changes.ended;
import static dev.stile.lambda.relay.Changes.guessed;
import static dev.stile.lambda.relay.Changes.image;
import static dev.stile.lambda.relay.Changes.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditRecord.Outcome;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.Status;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.outbox.Change;
import dev.stile.outbox.Change.Codes;
import dev.stile.outbox.Change.Image;
import dev.stile.outbox.Change.OfFactor;
import dev.stile.outbox.Change.Origin;
import dev.stile.subject.Call;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionsTest {
  private final Changes sms = new Changes(FactorKind.SMS);
  private final Changes app = new Changes(FactorKind.TOTP);
  private final Challenge pending = sms.challenge(Status.PENDING);

  private static List<String> types(Change change) {
    return Transitions.of(change).stream().map(t -> t.type().wire()).toList();
  }

  private static Transition only(Change change) {
    List<Transition> found = Transitions.of(change);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Nested
  class OfAChallenge {
    @ParameterizedTest
    @CsvSource({"REQUESTED, challenge.requested", "PENDING, challenge.opened"})
    void tellsThatItWasOpened(Status status, String type) {
      Transition opened = only(sms.opened(sms.challenge(status)));
      assertThat(opened.type().wire()).isEqualTo(type);
      assertThat(opened.account().at()).isEqualTo(NOW);
      assertThat(opened.account().call()).isEqualTo(new Call("console", ""));
      assertThat(opened.account().about().action()).isEqualTo("transfer");
    }

    @Test
    void tellsThatItsCodeWasMade() {
      Challenge requested = sms.challenge(Status.REQUESTED);
      Challenge started = requested.with(Progress.of(Status.PENDING));
      Transition opened = only(sms.change(requested, started));
      assertThat(opened.type().wire()).isEqualTo("challenge.opened");
      assertThat(opened.account().at()).isEqualTo(STREAMED);
    }

    @Test
    void tellsWhoApprovedWhatAndWhen() {
      AuditRecord entry = only(sms.change(pending, ended(pending, Status.APPROVED))).account();
      assertThat(entry.what().type()).isEqualTo("challenge.approved");
      assertThat(entry.what().outcome()).isEqualTo(Outcome.SUCCESS);
      assertThat(entry.at()).isEqualTo(NOW);
      assertThat(entry.subject()).isEqualTo(sms.subject);
      assertThat(entry.about().challenge()).isEqualTo(pending.id());
      assertThat(entry.about().factor()).isEqualTo(sms.pending.id());
      assertThat(entry.about().kind()).isEqualTo(FactorKind.SMS);
      assertThat(entry.call()).isEqualTo(new Call("console", "request-1"));
    }

    @Test
    void tellsNoLevelWhereAChainGoesOn() {
      assertThat(only(sms.change(pending, ended(pending, Status.APPROVED))).details())
          .isEqualTo(Map.of("acr", "aal2"));
      Challenge first = Changes.chained(pending, new Chain(List.of(), 2, null));
      assertThat(only(sms.change(first, ended(first, Status.APPROVED))).details())
          .isEqualTo(Map.of("following", 2));
    }

    @ParameterizedTest
    @CsvSource({
      "DENIED, challenge.denied",
      "BLOCKED, challenge.blocked",
      "CANCELED, challenge.canceled"
    })
    void tellsHowItEndedOtherwise(Status status, String type) {
      assertThat(types(sms.change(pending, ended(pending, status)))).containsExactly(type);
    }

    @Test
    void tellsWhatReplacedIt() {
      Challenge next = sms.challenge(Status.PENDING);
      var progress = new Progress(Status.CANCELED, 0, NOW, null, next.id());
      List<Transition> found =
          Transitions.of(
              sms.change(
                  image(sms.active(), pending), image(sms.active(), pending.with(progress), next)));
      assertThat(found)
          .extracting(t -> t.type().wire())
          .containsExactly("challenge.canceled", "challenge.opened");
      assertThat(found.getFirst().details()).isEqualTo(Map.of("replaced_by", next.id().text()));
    }

    @Test
    void tellsOfAWrongGuessOnce() {
      Transition rejected = only(sms.guess(pending, 1));
      assertThat(rejected.type().wire()).isEqualTo("guess.rejected");
      assertThat(rejected.account().what().reason()).isEqualTo("code_incorrect");
      assertThat(rejected.account().what().outcome()).isEqualTo(Outcome.FAILURE);
      assertThat(rejected.account().call()).isEqualTo(new Call("console", "request-1"));
      assertThat(rejected.details()).isEqualTo(Map.of("attempts_left", 4));
    }

    @Test
    void tellsThatTheFifthWrongGuessFailsIt() {
      assertThat(types(sms.guess(pending, 5)))
          .containsExactly("guess.rejected", "challenge.failed", "factor.locked");
    }

    @Test
    void tellsAtOnceOfOneThatWasAnsweredWhenItWasAsked() {
      Challenge asked = app.challenge(Status.PENDING);
      assertThat(types(app.opened(ended(asked, Status.APPROVED))))
          .containsExactly("challenge.opened", "challenge.approved");
      Change failed = app.change(image(app.active()), image(app.failed(1), guessed(asked, 5)));
      assertThat(types(failed))
          .containsExactly("challenge.opened", "guess.rejected", "challenge.failed");
    }

    @Test
    void saysNothingOfOneThatIsDropped() {
      Image full = image(sms.active(), ended(pending, Status.APPROVED), guessed(pending, 5));
      assertThat(types(sms.change(full, image(sms.active())))).isEmpty();
    }
  }

  @Nested
  class OfASending {
    private Change dispatched(Delivery from, Delivery to, int generation) {
      return sms.change(
          sent(pending, new Dispatch(1, from, NOW, null, "de")),
          sent(pending, new Dispatch(generation, to, NOW, "opted_out", "de")));
    }

    @ParameterizedTest
    @CsvSource({
      "SENDING, SENT, 1, delivery.sent",
      "SENDING, FAILED, 1, delivery.failed",
      "SENT, QUEUED, 2, challenge.resent"
    })
    void tellsHowFarItGot(Delivery from, Delivery to, int generation, String type) {
      Transition transition = only(dispatched(from, to, generation));
      assertThat(transition.type().wire()).isEqualTo(type);
      assertThat(transition.details()).isEqualTo(Map.of("generation", generation));
    }

    @ParameterizedTest
    @CsvSource({"QUEUED, SENDING", "SENDING, QUEUED"})
    void saysNothingOfClaims(Delivery from, Delivery to) {
      assertThat(types(dispatched(from, to, 1))).isEmpty();
    }

    @Test
    void saysWhyItFailed() {
      AuditRecord entry = only(dispatched(Delivery.SENDING, Delivery.FAILED, 1)).account();
      assertThat(entry.what().reason()).isEqualTo("opted_out");
    }
  }

  @Nested
  class OfAFactor {
    @Test
    void tellsThatItsEnrollmentBegan() {
      Transition begun = only(app.begun());
      assertThat(begun.type().wire()).isEqualTo("factor.pending");
      assertThat(begun.account().at()).isEqualTo(app.pending.times().created());
    }

    @Test
    void tellsThatItWasProvenAndByWhichCall() {
      var call = new Call("console", "request-2");
      var proven = new Image(app.active(), List.of(), call);
      AuditRecord entry = only(app.change(image(app.pending), proven)).account();
      assertThat(entry.what().type()).isEqualTo("factor.added");
      assertThat(entry.at()).isEqualTo(NOW);
      assertThat(entry.call()).isEqualTo(call);
    }

    @Test
    void tellsOfTheVerdictThatProvedIt() {
      Image proven = image(sms.active(), ended(pending, Status.APPROVED));
      assertThat(types(sms.change(image(sms.pending, pending), proven)))
          .containsExactly("challenge.approved", "factor.added");
    }

    @Test
    void tellsOfAWrongFirstCode() {
      Factor failed = app.with(FactorState.PENDING, new Failures(1, NOW));
      Transition rejected = only(app.change(image(app.pending), image(failed)));
      assertThat(rejected.type().wire()).isEqualTo("guess.rejected");
      assertThat(rejected.account().about().challenge()).isNull();
    }

    @Test
    void tellsThatItIsDelayedThenDisabled() {
      Transition locked = Transitions.of(app.guess(pending, 6)).getLast();
      assertThat(locked.type().wire()).isEqualTo("factor.locked");
      assertThat(locked.details()).isEqualTo(Map.of("retry_at", NOW.plusSeconds(60).toString()));
      assertThat(types(app.disabled())).containsExactly("guess.rejected", "factor.disabled");
    }

    @Test
    void saysNothingOfFailuresThatASuccessForgets() {
      assertThat(types(app.change(image(app.failed(4)), image(app.active())))).isEmpty();
    }

    @Test
    void tellsThatItWasRemovedFromWhatItWas() {
      Transition removed = only(sms.change(image(sms.active()), null));
      assertThat(removed.type().wire()).isEqualTo("factor.removed");
      assertThat(removed.account().at()).isEqualTo(STREAMED);
      assertThat(types(sms.change(image(sms.pending), null))).containsExactly("factor.abandoned");
    }

    @Test
    void saysNothingOfAnEnrollmentThatLapsed() {
      var late = new Origin("stream-2", NOW.plusSeconds(3_600));
      assertThat(types(sms.change(late, image(sms.pending), null))).isEmpty();
    }

    @Test
    void tellsEachRenamingWithoutTheLabel() {
      Transition renamed = only(app.renamed());
      OfFactor same = app.renamed();
      Change again = app.change(new Origin("stream-2", STREAMED), same.before(), same.after());
      assertThat(renamed.type().wire()).isEqualTo("factor.renamed");
      assertThat(renamed.toString()).doesNotContain("My ");
      assertThat(only(same)).isEqualTo(renamed);
      assertThat(only(again).account().id()).isNotEqualTo(renamed.account().id());
    }
  }

  @Nested
  class OfPasskeys {
    private final Changes passkey = new Changes(FactorKind.WEBAUTHN);
    private final Challenge asked = passkey.challenge(Status.PENDING);

    private Change change(Challenge after) {
      return new Change.OfPasskeyChallenges(
          new Origin("stream-1", STREAMED), passkey.subject, List.of(asked), List.of(after));
    }

    @Test
    void tellsAnApprovalAndAFailedAssertion() {
      assertThat(types(change(ended(asked, Status.APPROVED))))
          .containsExactly("challenge.approved");
      List<Transition> failed = Transitions.of(change(guessed(asked, 5)));
      assertThat(failed)
          .extracting(t -> t.type().wire())
          .containsExactly("guess.rejected", "challenge.failed");
      assertThat(failed.getFirst().account().what().reason()).isEqualTo("assertion_invalid");
    }

    @Test
    void tellsThatOneWasAddedWithItsProof() {
      assertThat(types(passkey.change(null, image(passkey.active()))))
          .containsExactly("factor.added");
    }
  }

  @Nested
  class OfRecoveryCodes {
    private final Codes ten = Changes.codes(10, 0);

    @Test
    void tellsThatASetWasMadeOrReplaced() {
      var later = new Codes(NOW, 10, Failures.NONE, null);
      Transition made = only(app.recovery(null, ten));
      assertThat(made.type().wire()).isEqualTo("recovery.created");
      assertThat(made.account().about().factor()).isNull();
      assertThat(only(app.recovery(ten, later)).account().id()).isNotEqualTo(made.account().id());
    }

    @Test
    void tellsThatOneWasUsedAndHowManyAreLeft() {
      Transition used = only(app.recovery(Changes.codes(10, 3), Changes.codes(9, 0)));
      assertThat(used.type().wire()).isEqualTo("recovery.used");
      assertThat(used.account().at()).isEqualTo(NOW);
      assertThat(used.details()).isEqualTo(Map.of("codes_left", 9));
    }

    @Test
    void tellsOfAWrongOne() {
      Transition rejected = only(app.recovery(ten, Changes.codes(10, 1)));
      assertThat(rejected.type().wire()).isEqualTo("recovery.rejected");
      assertThat(rejected.account().what().reason()).isEqualTo("code_incorrect");
    }

    @Test
    void saysNothingOfASetThatIsGone() {
      assertThat(types(app.recovery(ten, null))).isEmpty();
      assertThat(types(app.recovery(ten, ten))).isEmpty();
    }
  }

  @Test
  void saysNothingWhereNothingHappened() {
    assertThat(types(sms.change(pending, pending))).isEmpty();
  }

  /// Another region's stream shows the same write in a record of its own.
  @Test
  void makesTheSameIdsFromAnotherRecordOfTheSameWrite() {
    OfFactor here = sms.guess(pending, 5);
    var origin = new Origin("other", STREAMED.plusSeconds(9));
    Change elsewhere = sms.change(origin, here.before(), here.after());
    assertThat(Transitions.of(elsewhere)).isEqualTo(Transitions.of(here));
  }

  @Test
  void makesAnIdForEachTransition() {
    List<Transition> all =
        List.of(
            only(sms.guess(pending, 3)),
            only(sms.guess(pending, 4)),
            only(sms.guess(sms.challenge(Status.PENDING), 4)),
            only(sms.change(pending, ended(pending, Status.APPROVED))));
    assertThat(all).extracting(t -> t.account().id()).doesNotHaveDuplicates();
  }
}
