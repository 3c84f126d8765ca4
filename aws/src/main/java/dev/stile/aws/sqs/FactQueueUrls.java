package dev.stile.aws.sqs;

import dev.stile.message.Fact;
import dev.stile.message.Fact.ChallengeFailed;
import dev.stile.message.Fact.FactorLocked;
import dev.stile.message.Fact.FactorVerified;
import dev.stile.message.Fact.NoticeDue;

/// The queue of each type of fact, and that of changes which nobody could read.
public record FactQueueUrls(String factorEvents, String notifications, String unreadable) {
  String of(Fact fact) {
    return switch (fact) {
      case FactorVerified verified -> factorEvents;
      case FactorLocked locked -> factorEvents;
      case ChallengeFailed failed -> factorEvents;
      case NoticeDue due -> notifications;
    };
  }
}
