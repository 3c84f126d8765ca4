package dev.stile.lambda.cognito;

import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who signs in: the pool's `sub`, which no client can write and nobody is given again.
final class Users {
  private Users() {}

  static String id(CognitoUserPoolEvent.Request request) {
    @Nullable Map<String, String> attributes = request.getUserAttributes();
    String sub = attributes == null ? "" : attributes.getOrDefault("sub", "");
    if (sub.isBlank()) {
      throw new SignInFailed("not_found");
    }
    return sub;
  }
}
