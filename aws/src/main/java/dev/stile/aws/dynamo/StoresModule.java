package dev.stile.aws.dynamo;

import dagger.Binds;
import dagger.Module;
import dev.stile.audit.AuditTrail;
import dev.stile.challenge.Activations;
import dev.stile.challenge.Assertions;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.DirectVerdicts;
import dev.stile.challenge.Redemptions;
import dev.stile.challenge.Registrations;
import dev.stile.challenge.Verdicts;
import dev.stile.factor.Factors;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.notice.Notices;
import dev.stile.throttle.Rates;
import dev.stile.throttle.SendBudget;
import dev.stile.token.EndedGrants;
import dev.stile.token.UsedProofs;

/// The stores of the domain over the table that a component provides. A component that does not ask
/// for a store does not get one.
@Module
public interface StoresModule {
  @Binds
  Factors factors(DynamoFactors stores);

  @Binds
  Challenges challenges(DynamoChallenges stores);

  @Binds
  Verdicts verdicts(DynamoVerdicts stores);

  @Binds
  DirectVerdicts directVerdicts(DynamoDirectVerdicts stores);

  @Binds
  Activations activations(DynamoActivations stores);

  @Binds
  Assertions assertions(DynamoAssertions stores);

  @Binds
  Registrations registrations(DynamoRegistrations stores);

  @Binds
  RecoveryCodes recoveryCodes(DynamoRecoveryCodes stores);

  @Binds
  Redemptions redemptions(DynamoRedemptions stores);

  @Binds
  EndedGrants endedGrants(DynamoEndedGrants stores);

  @Binds
  UsedProofs usedProofs(DynamoUsedProofs stores);

  @Binds
  SendBudget sendBudget(DynamoSendBudget stores);

  @Binds
  Rates rates(DynamoRates stores);

  @Binds
  AuditTrail auditTrail(DynamoAuditTrail stores);

  @Binds
  Notices notices(DynamoNotices stores);
}
