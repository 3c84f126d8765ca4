package dev.stile.factor;

import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.key.KeyUse;
import dev.stile.key.KeyedDigest;
import dev.stile.key.Sealed;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;

/// Shows users without a factor as users with an authenticator app, the same one whenever somebody
/// asks (ADR 0013).
public final class Decoys {
  /// As enrollment labels an app whose owner gives it no name.
  private static final String LABEL = "Authenticator app";

  private static final int ID_BYTES = 16;

  private final KeyedDigest digest;
  private final Clock clock;

  @Inject
  public Decoys(KeyedDigest digest, Clock clock) {
    this.digest = digest;
    this.clock = clock;
  }

  /// The account itself where it has a proven factor.
  public Account cover(Account account, Subject subject) {
    if (!account.active().isEmpty()) {
      return account;
    }
    Factor kept = account.decoy();
    return account.behind(kept == null ? decoy(subject) : kept);
  }

  private Factor decoy(Subject subject) {
    int epoch = digest.currentEpoch(subject.tenant());
    byte[] id = digest.of(subject.tenant(), KeyUse.ANSWER, epoch, "decoy", subject.id());
    // Opens nothing and is opened by nothing: as long as a seed that is sealed.
    byte[] noSeed = digest.of(subject.tenant(), KeyUse.ANSWER, epoch, "no seed", subject.id());
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(noSeed);
    return new Factor(
        FactorId.of(Arrays.copyOf(id, ID_BYTES)),
        LABEL,
        new Totp(new Sealed(epoch, text), TotpParameters.USUAL, TotpProgress.NEW),
        FactorState.DECOY,
        Failures.NONE,
        new Factor.Times(clock.instant(), null, null));
  }
}
