package dev.stile.verifier;

import dev.stile.verifier.Judgement.Shortfall;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a resource asks of a grant. Immutable: each step answers a new requirement. Without
/// [#binding] the grant must be bound to nothing, so that forgetting the details of a transfer
/// never lets a grant for another transfer pass.
public final class Requirement {
  /// RFC 6749 §3.3 scope-token: fits into a scope and between the quotes of a header.
  private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  private final String action;
  private final Set<String> acr;
  private final Optional<Duration> maxAge;
  private final Optional<BindingHash> binding;

  private Requirement(
      String action, Set<String> acr, Optional<Duration> maxAge, Optional<BindingHash> binding) {
    this.action = action;
    this.acr = acr;
    this.maxAge = maxAge;
    this.binding = binding;
  }

  static Requirement of(String action) {
    return new Requirement(
        token(action), Set.of(), Optional.empty(), Optional.of(BindingHash.of(Map.of())));
  }

  /// Any of these levels, best first; a level that is not listed does not pass, since the names of
  /// levels have no order of their own.
  public Requirement acr(String... accepted) {
    if (accepted.length == 0) {
      throw new IllegalArgumentException("Name at least one acr");
    }
    Set<String> levels = new LinkedHashSet<>();
    Arrays.stream(accepted).map(Requirement::token).forEach(levels::add);
    return new Requirement(action, levels, maxAge, binding);
  }

  /// The user authenticated at most this long ago (`auth_time`), to the second.
  public Requirement maxAge(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("A negative age: " + limit);
    }
    return new Requirement(action, acr, Optional.of(limit), binding);
  }

  /// The grant was given for exactly these details, as the resource itself reads them from the
  /// request. A text with a lone surrogate has no canonical form: IllegalArgumentException.
  public Requirement binding(Map<String, String> details) {
    return binding(BindingHash.of(details));
  }

  public Requirement binding(BindingHash details) {
    return new Requirement(action, acr, maxAge, Optional.of(details));
  }

  /// Leaves the binding unjudged: for an edge in front of the service that sees the body and judges
  /// it there ([VerifiedGrant#binding]).
  public Requirement anyBinding() {
    return new Requirement(action, acr, maxAge, Optional.empty());
  }

  public String action() {
    return action;
  }

  /// The levels that pass, best first; any level where there are none.
  public Set<String> levels() {
    return Collections.unmodifiableSet(acr);
  }

  public Optional<Duration> age() {
    return maxAge;
  }

  /// The value of `WWW-Authenticate` that asks the client for a step-up (RFC 9470 §3).
  public String challenge() {
    StringBuilder value = new StringBuilder("Bearer error=\"insufficient_user_authentication\"");
    if (!acr.isEmpty()) {
      value.append(", acr_values=\"").append(String.join(" ", acr)).append('"');
    }
    maxAge.ifPresent(age -> value.append(", max_age=\"").append(age.toSeconds()).append('"'));
    return value.toString();
  }

  Set<Shortfall> shortfalls(VerifiedGrant grant, Instant now) {
    Set<Shortfall> found = EnumSet.noneOf(Shortfall.class);
    if (!action.equals(grant.action())) {
      found.add(Shortfall.ACTION);
    }
    if (!acr.isEmpty() && !acr.contains(grant.acr())) {
      found.add(Shortfall.ACR);
    }
    Duration age = Duration.between(grant.authTime(), now);
    if (maxAge.filter(limit -> age.compareTo(limit) > 0).isPresent()) {
      found.add(Shortfall.AGE);
    }
    if (binding.filter(details -> !details.equals(grant.binding())).isPresent()) {
      found.add(Shortfall.BINDING);
    }
    return found;
  }

  private static String token(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw new IllegalArgumentException("Not a scope-token (RFC 6749 §3.3): " + text);
    }
    return text;
  }
}
