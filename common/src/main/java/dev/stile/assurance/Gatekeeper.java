package dev.stile.assurance;

import dev.stile.factor.Account;
import dev.stile.factor.Gate;
import dev.stile.subject.Caller;
import dev.stile.subject.Door;
import dev.stile.token.PresentedGrants;
import dev.stile.token.PresentedGrants.Demand;
import dev.stile.token.PresentedGrants.Presented;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides whether a caller may change the factors of an account: with a fresh primary login while
/// none was ever enrolled, afterwards with a grant at the highest level that the account reaches
/// (NIST SP 800-63B §4.1.2). A back end needs the capability besides the grant, never in its place
/// (ADR 0012).
public final class Gatekeeper {
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Policies policies;
  private final PresentedGrants grants;
  private final Clock clock;

  @Inject
  public Gatekeeper(Policies policies, PresentedGrants grants, Clock clock) {
    this.policies = policies;
    this.grants = grants;
    this.clock = clock;
  }

  public Admission admit(Caller caller, Account account, @Nullable String grant) {
    return admit(caller, account, grant, Set.of());
  }

  /// Whether a factor may be bound, for which a recovery code will do as well.
  public Admission admitBinding(Caller caller, Account account, @Nullable String grant) {
    return admit(caller, account, grant, Set.of(Level.RECOVERY));
  }

  private Admission admit(
      Caller caller, Account account, @Nullable String grant, Set<String> besides) {
    if (!account.everEnrolled()) {
      return first(caller);
    }
    if (!mayAsBackEnd(caller, Capability.MANAGE)) {
      return new Admission.NotCapable();
    }
    Admission.GrantNeeded needed = grantNeeded(account);
    if (grant == null) {
      return needed;
    }
    Set<String> acrs = new HashSet<>(needed.acrs());
    acrs.addAll(besides);
    var demand = new Demand(Action.MANAGE_FACTORS, acrs, Policy.FRESH);
    return switch (grants.judge(grant, demand, caller.principal(), clock.instant())) {
      case Presented.Sufficient(var jti, var expires, var acr, var epoch) -> {
        if (epoch != account.epoch()) {
          yield needed;
        }
        yield new Admission.Admitted(
            acr.equals(Level.RECOVERY)
                ? new Gate.Recovered(jti, expires)
                : new Gate.Granted(jti, expires));
      }
      case Presented.Insufficient() -> needed;
    };
  }

  /// A back end has authenticated the user itself, or it would not hold the capability.
  private Admission first(Caller caller) {
    if (!mayAsBackEnd(caller, Capability.FIRST_FACTOR)) {
      return new Admission.NotCapable();
    }
    return caller.principal().door() == Door.BACK_END || isFresh(caller.authTime())
        ? new Admission.Admitted(new Gate.FirstFactor())
        : new Admission.LoginNeeded();
  }

  private boolean mayAsBackEnd(Caller caller, Capability capability) {
    return caller.principal().door() == Door.SELF_SERVICE
        || policies
            .current()
            .client(caller.principal().client())
            .filter(client -> client.backEnd().capabilities().contains(capability))
            .isPresent();
  }

  /// What an account asks for once a factor was ever enrolled, also where that happened meanwhile.
  public Admission.GrantNeeded grantNeeded(Account account) {
    Policy policy = policies.current();
    return new Admission.GrantNeeded(policy.acrsFrom(policy.highestRank(account, clock.instant())));
  }

  /// A token without `auth_time` proves no recent login.
  private boolean isFresh(@Nullable Instant authTime) {
    Instant now = clock.instant();
    return authTime != null
        && !authTime.isBefore(now.minus(Policy.FRESH))
        && !authTime.isAfter(now.plus(SKEW));
  }

  /// What came of asking.
  public sealed interface Admission {
    record Admitted(Gate gate) implements Admission {}

    /// The primary login is too old, or does not say when it was.
    record LoginNeeded() implements Admission {}

    /// The policy does not let this back end do it.
    record NotCapable() implements Admission {}

    /// A grant for managing factors, of one of these levels.
    record GrantNeeded(Set<String> acrs) implements Admission {
      public GrantNeeded {
        acrs = Collections.unmodifiableSet(new LinkedHashSet<>(acrs));
      }
    }
  }
}
