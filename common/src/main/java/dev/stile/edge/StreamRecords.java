package dev.stile.edge;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import dev.stile.outbox.Change;
import java.util.Optional;

/// Reads what a record of the table's stream says about a factor.
@FunctionalInterface
public interface StreamRecords {
  /// Empty where it is about something else, or the table swept away what had expired.
  Optional<Change> read(DynamodbStreamRecord streamed);
}
