package dev.stile.problem;

import java.util.Locale;

/// The stable codes of the API's errors, with their statuses.
public enum ProblemCode {
  INVALID_REQUEST(400, "The request is not valid"),
  UNAUTHENTICATED(401, "A valid access token is needed"),
  INSUFFICIENT_USER_AUTHENTICATION(401, "A stronger or fresher authentication is needed"),
  /// Told by the gateway, as API Gateway does: a back end's request that is not signed, or not by a
  /// key and in a way that is known.
  SIGNATURE_REFUSED(403, "The signature of the request is not accepted"),
  POLICY_DENIED(403, "The policy does not allow this"),
  DESTINATION_BLOCKED(403, "Nothing is sent to this destination"),
  LAST_FACTOR(403, "The last factor cannot be removed"),
  NOT_FOUND(404, "There is no such thing for this caller"),
  NO_FACTOR(409, "No active factor can answer this challenge"),
  FACTOR_EXISTS(409, "This is enrolled already"),
  GRANT_CONSUMED(409, "The grant has been used"),
  IDEMPOTENCY_MISMATCH(409, "The key was used with another request"),
  ALREADY_COMPLETED(409, "The challenge has ended"),
  CHALLENGE_NOT_READY(409, "The challenge is still being prepared"),
  CHALLENGE_EXPIRED(410, "The challenge has expired"),
  CODE_INCORRECT(422, "The code is not right"),
  BINDING_MISMATCH(422, "The grant was given for something else"),
  CODE_ALREADY_USED(422, "The code has been used"),
  ASSERTION_INVALID(422, "The answer of the authenticator does not verify"),
  FACTOR_LOCKED(423, "The factor is delayed or disabled"),
  TOO_MANY_ATTEMPTS(429, "No guesses are left"),
  RATE_LIMITED(429, "Too many requests"),
  RESEND_TOO_SOON(429, "The last code was sent moments ago"),
  UNAVAILABLE(503, "Stile cannot answer now"),
  DELIVERY_UNAVAILABLE(503, "Nothing can be sent now");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The URI that identifies the type (RFC 9457 §3.1.1).
  public String type() {
    return "https://stile.dev/problems/" + wire().replace('_', '-');
  }
}
