package dev.stile.lambda.verify;

import dagger.Component;
import dagger.Module;
import dagger.Provides;
import dev.stile.aws.runtime.CommonModule;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.key.KeyRing;
import dev.stile.key.KeyUse;
import dev.stile.key.Keys;
import jakarta.inject.Singleton;

/// The graph of verdicts.
@Singleton
@Component(
    modules = {CommonModule.class, VerifyComponent.OwnKeys.class},
    dependencies = Surroundings.class)
interface VerifyComponent {
  VerifyHandler handler();

  static VerifyComponent in(Surroundings surroundings) {
    return DaggerVerifyComponent.builder().surroundings(surroundings).build();
  }

  /// The keys that this function may use.
  @Module
  interface OwnKeys {
    @Provides
    static Keys keys(KeyRing ring) {
      return ring.limitedTo(KeyUse.SEED, KeyUse.ANSWER, KeyUse.RECOVERY);
    }
  }
}
