package dev.stile.assurance;

import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;

/// How often a tenant lets things happen.
public record Limits(SendLimits sends, Window challengesPerUser, Window enrollmentsPerUser) {}
