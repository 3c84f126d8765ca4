package dev.stile.testing.passkey;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Changes to steps of a ceremony.
public final class Tampering {
  /// An honest client.
  public static final Tampering NONE = new Tampering(new EnumMap<>(Step.class));

  private final Map<Step, UnaryOperator<byte[]>> changes;

  private Tampering(Map<Step, UnaryOperator<byte[]>> changes) {
    this.changes = changes;
  }

  public static Tampering of(Step step, UnaryOperator<byte[]> change) {
    return NONE.with(step, change);
  }

  public static Tampering of(Step step, byte... replacement) {
    return NONE.with(step, before -> replacement);
  }

  public static Tampering ofText(Step step, UnaryOperator<String> change) {
    return NONE.with(
        step,
        before ->
            change
                .apply(new String(before, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
  }

  public Tampering with(Step step, UnaryOperator<byte[]> change) {
    Map<Step, UnaryOperator<byte[]>> more = new EnumMap<>(Step.class);
    more.putAll(changes);
    more.put(step, change);
    return new Tampering(more);
  }

  byte[] apply(Step step, byte[] bytes) {
    return changes.getOrDefault(step, UnaryOperator.identity()).apply(bytes.clone());
  }

  String applyText(Step step, String text) {
    return new String(apply(step, text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }
}
