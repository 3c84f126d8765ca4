package dev.stile.lambda.authorizer;

import dev.stile.assurance.Action;
import dev.stile.assurance.Policy;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Requirement;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a policy says of an action, in the words of the verifier.
public final class Requirements {
  private Requirements() {}

  /// The action's level or any above, and its age; bound to nothing.
  public static Requirement of(Action action, Policy policy) {
    Requirement needed = Grants.require(action.name());
    @Nullable String acr = action.acr();
    if (acr != null) {
      Set<String> levels = policy.acrsFrom(policy.rankOf(acr));
      needed = needed.acr(levels.toArray(String[]::new));
    }
    @Nullable Duration maxAge = action.terms().maxAge();
    return maxAge == null ? needed : needed.maxAge(maxAge);
  }
}
