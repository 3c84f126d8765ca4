package dev.stile.lambda.cognito;

import dev.stile.signin.StepUps.Asked;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A challenge as Cognito carries it from its creation to its answer: an id and a kind, and nothing
/// else. The private parameters and the metadata never leave the user pool.
final class Carried {
  static final String CHALLENGE = "challenge";
  static final String TYPE = "type";
  static final String OPTIONS = "webauthn";
  static final String PASSKEY = "webauthn";

  private Carried() {}

  static Map<String, String> parameters(Asked asked) {
    return Map.of(CHALLENGE, asked.challenge(), TYPE, asked.type());
  }

  static Optional<Asked> ofParameters(@Nullable Map<String, String> parameters) {
    return parameters == null
        ? Optional.empty()
        : of(parameters.getOrDefault(CHALLENGE, ""), parameters.getOrDefault(TYPE, ""));
  }

  static String metadata(Asked asked) {
    return asked.challenge() + " " + asked.type();
  }

  static Optional<Asked> ofMetadata(@Nullable String metadata) {
    int space = metadata == null ? -1 : metadata.indexOf(' ');
    return metadata == null || space < 0
        ? Optional.empty()
        : of(metadata.substring(0, space), metadata.substring(space + 1));
  }

  private static Optional<Asked> of(String challenge, String type) {
    return challenge.isBlank() || type.isBlank()
        ? Optional.empty()
        : Optional.of(new Asked(challenge, type));
  }
}
