package dev.stile.audit;

import dev.stile.key.Base32;
import dev.stile.key.Fields;
import java.util.Arrays;
import java.util.regex.Pattern;

/// `evt_` and 128 bits in base 32, made from what happened: whoever looks at the same change again
/// makes the same id.
public record EventId(String text) {
  private static final int BYTES = 16;
  private static final Pattern ID = Pattern.compile("evt_[a-z2-7]{26}");

  public EventId {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException("not an event id");
    }
  }

  /// The id of the change that these fields tell from every other.
  public static EventId of(Object... fields) {
    byte[] digest = Fields.digest(fields);
    return new EventId("evt_" + Base32.LOWER.encode(Arrays.copyOf(digest, BYTES)));
  }

  @Override
  public String toString() {
    return text;
  }
}
