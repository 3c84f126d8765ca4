package dev.stile.factor.webauthn;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// What people call an authenticator, for labels. Not for decisions: without attestation the model
/// is a claim.
public final class AuthenticatorNames {
  private AuthenticatorNames() {}

  public static Optional<String> of(UUID aaguid) {
    return Optional.ofNullable(Known.NAMES.get(aaguid));
  }

  /// Read when a name is first asked for.
  private static final class Known {
    static final Map<UUID, String> NAMES = read();

    private static Map<UUID, String> read() {
      try (InputStream in = AuthenticatorNames.class.getResourceAsStream("authenticators.txt")) {
        return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(
                Collectors.toUnmodifiableMap(
                    line -> UUID.fromString(line.substring(0, line.indexOf(' '))),
                    line -> line.substring(line.indexOf(' ') + 1)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
