package dev.stile.edge;

import dev.stile.subject.Caller;
import dev.stile.subject.Door;
import dev.stile.throttle.SourceAddress;

/// Where the user of a back end is, as it says with `end_user_ip`. Counts for the limits of address
/// prefixes and for nothing else. A user's own address is the gateway's to say, so that at the
/// self-service door the member is unknown.
public final class EndUser {
  private EndUser() {}

  /// The caller, seen at the address that the body names. Without one a back end's own address
  /// counts, for all of its users alike.
  public static Caller located(Caller caller, JsonObject body) {
    return caller.principal().door() == Door.BACK_END
        ? body.optionalParse("end_user_ip", SourceAddress::checked).map(caller::at).orElse(caller)
        : caller;
  }
}
