package dev.stile.edge;

import dev.stile.assurance.Action;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.challenge.Binding;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a caller asks to have approved. Without an audience the client's first is meant.
public record Ask(
    String action, Binding binding, Wish wish, @Nullable String audience, Shown shown) {
  /// Of a caller who shows nothing for it.
  public Ask(String action, Binding binding, Wish wish, @Nullable String audience) {
    this(action, binding, wish, audience, Shown.NOTHING);
  }

  /// What a caller shows to be asked less: a grant that may do as it is, as long as the user was
  /// verified no longer ago than `maxAge`, or the token that a chain goes on with.
  public record Shown(@Nullable String grant, @Nullable String next, @Nullable Duration maxAge) {
    public static final Shown NOTHING = new Shown(null, null, null);
  }

  /// How long ago the user may have been verified: what the action allows, less where the caller
  /// asks for it.
  public Optional<Duration> maxAge(Action asked) {
    return Stream.of(asked.terms().maxAge(), shown.maxAge())
        .flatMap(Stream::ofNullable)
        .min(Duration::compareTo);
  }

  /// The member `binding` of a request.
  public static Binding binding(JsonObject body) {
    return body.object("binding")
        .map(object -> object.check(() -> Binding.of(object.allTexts())))
        .orElse(Binding.EMPTY);
  }
}
