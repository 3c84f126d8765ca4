package dev.stile.engines;

/// A call that the service answers with one of its own error codes. Thrown, since every action can
/// end so, and caught in one place, where the service words it.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /// The caller's fault.
  static Refusal of(String code, String message) {
    return new Refusal(400, code, message);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
