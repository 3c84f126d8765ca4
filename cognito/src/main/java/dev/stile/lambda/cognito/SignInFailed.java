package dev.stile.lambda.cognito;

import java.io.Serial;

/// Ends a sign-in. Cognito tells the client the message: a stable code, and never more.
public final class SignInFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  SignInFailed(String code) {
    super(code, null, false, false);
  }
}
