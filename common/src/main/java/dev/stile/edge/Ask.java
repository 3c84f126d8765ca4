package dev.stile.edge;

import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.challenge.Binding;
import org.jspecify.annotations.Nullable;

/// What a caller asks to have approved. Without an audience the client's first is meant.
public record Ask(String action, Binding binding, Wish wish, @Nullable String audience) {
  /// The member `binding` of a request.
  public static Binding binding(JsonObject body) {
    return body.object("binding")
        .map(object -> object.check(() -> Binding.of(object.allTexts())))
        .orElse(Binding.EMPTY);
  }
}
