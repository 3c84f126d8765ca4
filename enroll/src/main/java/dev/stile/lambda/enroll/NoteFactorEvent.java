package dev.stile.lambda.enroll;

import dev.stile.factor.Factors;
import dev.stile.message.Fact;
import dev.stile.message.Fact.ChallengeFailed;
import dev.stile.message.Fact.FactorLocked;
import dev.stile.message.Fact.FactorVerified;
import dev.stile.message.Fact.NoticeDue;
import jakarta.inject.Inject;

/// Takes note of what verdicts did. The verdict over a sent code cannot write down that its factor
/// was used; all else that a verdict does is in the item already (ADR 0009).
final class NoteFactorEvent {
  private final Factors factors;

  @Inject
  NoteFactorEvent(Factors factors) {
    this.factors = factors;
  }

  String note(Fact fact) {
    return switch (fact) {
      case FactorVerified verified ->
          factors.noteUse(verified.subject(), verified.factor(), verified.at()) ? "noted" : "known";
      case FactorLocked locked -> "known";
      case ChallengeFailed failed -> "known";
      case NoticeDue due -> throw new IllegalArgumentException("a notice is another's to send");
    };
  }
}
