package dev.stile.local;

import dev.stile.factor.Credential;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PasskeyScope;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.CredentialRecord;
import dev.stile.factor.CredentialRecord.Authenticator;
import dev.stile.factor.CredentialRecord.Backup;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.TotpParameters;
import dev.stile.key.Bytes;
import dev.stile.key.Sealed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Factors that nobody has, to see what a policy would make of them. A passkey is a synced one that
/// verifies its user, unless it is described further.
final class ImaginedFactors {
  private static final String UNVERIFYING = "no-uv";
  private static final String BOUND = "device-bound";
  private static final String HARDWARE = "hardware";
  private static final Sealed NOTHING = new Sealed(1, "");

  private ImaginedFactors() {}

  /// As they are written: `totp,sms,webauthn:device-bound:no-uv`.
  ///
  /// @throws IllegalArgumentException with what is not a factor
  static List<Factor> of(String list) {
    List<Factor> factors = new ArrayList<>();
    for (String text : list.split(",", -1)) {
      List<String> parts = List.of(text.strip().split(":", -1));
      FactorKind kind =
          FactorKind.ofWire(parts.getFirst())
              .orElseThrow(() -> new IllegalArgumentException(text + " is no factor"));
      factors.add(factor(factors.size(), kind, Set.copyOf(parts.subList(1, parts.size()))));
    }
    return factors;
  }

  private static Factor factor(int number, FactorKind kind, Set<String> traits) {
    Set<String> known =
        kind == FactorKind.WEBAUTHN ? Set.of(UNVERIFYING, BOUND, HARDWARE) : Set.of();
    for (String trait : traits) {
      if (!known.contains(trait)) {
        throw new IllegalArgumentException(kind.wire() + " is not " + trait);
      }
    }
    byte[] id = new byte[16];
    id[0] = (byte) number;
    return new Factor(
        FactorId.of(id),
        kind.wire(),
        credential(kind, Bytes.of(id), traits),
        FactorState.ACTIVE,
        Failures.NONE,
        new Factor.Times(Instant.EPOCH.plusSeconds(number), null, null));
  }

  private static Credential credential(FactorKind kind, Bytes id, Set<String> traits) {
    return switch (kind) {
      case TOTP -> new Totp(NOTHING, TotpParameters.USUAL, TotpProgress.NEW);
      case SMS, EMAIL -> new Destination(kind, NOTHING, "", "");
      case WEBAUTHN -> passkey(id, traits);
    };
  }

  private static Passkey passkey(Bytes id, Set<String> traits) {
    boolean verifies = !traits.contains(UNVERIFYING);
    boolean synced = !traits.contains(BOUND) && !traits.contains(HARDWARE);
    String attestation = traits.contains(HARDWARE) ? "packed" : "none";
    var device = new Authenticator(new UUID(0, 0), Set.of(), attestation, verifies);
    var record = new CredentialRecord(id, id, 0, new Backup(synced, synced), device);
    return new Passkey(new PasskeyScope("", id), record, verifies, null);
  }
}
