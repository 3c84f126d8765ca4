package dev.stile.assurance;

import dev.stile.factor.Account;
import java.time.Instant;

/// An action that an account is asked to approve at a moment, under a policy.
public record Question(Policy policy, Action action, Account account, Instant now) {}
