package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// What an activation writes beside its factor, whatever the kind: the profile, which holds the
/// gate's condition, and the grant that it burns.
final class Admissions {
  private Admissions() {}

  /// `first` with what is written beside it, in the order of the refusals.
  static List<TransactWriteItem> of(
      StileTable table, Subject subject, Gate gate, TransactWriteItem first) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(first);
    switch (gate) {
      case Gate.FirstFactor none ->
          items.add(table.updating(profile(subject, "attribute_not_exists(#ever)")));
      case Gate.Grant granted -> {
        items.add(table.updating(profile(subject, "attribute_exists(#ever)")));
        items.add(table.putting(GrantItems.burnt(granted)));
      }
    }
    return items;
  }

  /// What a recovery code has bound reaches no more than the code did, for a while.
  static @Nullable Instant cappedUntil(Gate gate, Instant now) {
    return gate instanceof Gate.Recovered ? now.plus(Gate.Recovered.CAP) : null;
  }

  private static Change profile(Subject subject, String condition) {
    return new Change(
        ItemKeys.profile(subject),
        condition,
        "SET #ever = :true, #active = if_not_exists(#active, :zero) + :one,"
            + " #epoch = if_not_exists(#epoch, :zero)",
        new Expression().value(":true", Values.flag(true)).number(":zero", 0).number(":one", 1));
  }
}
