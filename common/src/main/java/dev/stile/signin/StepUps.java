package dev.stile.signin;

import java.io.Serial;
import java.util.Optional;

/// Stile as a login flow calls it: by the door of back ends, for the user who signs in. Each call
/// ends within the time that a trigger has; what cannot be said in that time is [Unavailable],
/// never yes or no.
public interface StepUps {
  /// Asks the user for a factor. The policy chooses which.
  Opening open(String user);

  /// Judges an answer to a challenge of this user. An answer that is right is right once.
  Outcome answer(String user, Asked asked, String answer);

  /// A challenge by its id, and the kind of factor that it asks for, both fixed when it was opened.
  record Asked(String challenge, String type) {}

  sealed interface Opening {
    /// `options` is what a browser needs to ask for a passkey, as JSON; codes have none.
    record Opened(Asked asked, Optional<String> options) implements Opening {}

    /// By the policy, or since the user has no factor; the API's code.
    record Refused(String code) implements Opening {}
  }

  sealed interface Outcome {
    record Approved(SignIn.Proof proof) implements Outcome {}

    /// Wrong, used, expired, locked, of somebody else; the API's code.
    record Rejected(String code) implements Outcome {}
  }

  /// Stile did not answer, or not in a way that is understood.
  final class Unavailable extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public Unavailable(String why) {
      super(why);
    }
  }
}
