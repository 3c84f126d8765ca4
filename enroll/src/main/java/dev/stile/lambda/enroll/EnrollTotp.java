package dev.stile.lambda.enroll;

import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Gate;
import dev.stile.factor.TotpParameters;
import dev.stile.factor.totp.TotpSeeds;
import dev.stile.key.KeyUse;
import dev.stile.key.RandomIds;
import dev.stile.key.Sealing;
import dev.stile.key.Secret;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;

/// Enrolls an authenticator app: makes a seed, keeps it sealed, shows it once.
final class EnrollTotp {
  private final TotpSeeds seeds;
  private final Sealing sealing;
  private final RandomIds ids;
  private final PendingFactors pending;

  @Inject
  EnrollTotp(TotpSeeds seeds, Sealing sealing, RandomIds ids, PendingFactors pending) {
    this.seeds = seeds;
    this.sealing = sealing;
    this.ids = ids;
    this.pending = pending;
  }

  Enrolled enroll(Subject subject, String label, TotpParameters parameters, Gate gate) {
    FactorId id = FactorId.random(ids);
    Secret seed = seeds.next(parameters);
    var sealed = sealing.seal(subject, id.text(), KeyUse.SEED, seed);
    Factor factor =
        pending.add(
            subject,
            id,
            label.isEmpty() ? PendingFactors.label(FactorKind.TOTP) : label,
            new Totp(sealed, parameters, TotpProgress.NEW),
            gate);
    return new Enrolled(factor, seed);
  }

  /// The pending factor and the seed, for this one answer.
  record Enrolled(Factor factor, Secret seed) {}
}
