package dev.stile.lambda.enroll;

import dagger.Component;
import dagger.Module;
import dagger.Provides;
import dev.stile.aws.runtime.CommonModule;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.key.KeyRing;
import dev.stile.key.KeyUse;
import dev.stile.key.Keys;
import jakarta.inject.Singleton;

/// The graph of enrollment.
@Singleton
@Component(
    modules = {CommonModule.class, EnrollComponent.OwnKeys.class},
    dependencies = Surroundings.class)
interface EnrollComponent {
  EnrollHandler handler();

  static EnrollComponent in(Surroundings surroundings) {
    return DaggerEnrollComponent.builder().surroundings(surroundings).build();
  }

  /// The keys that this function may use.
  @Module
  interface OwnKeys {
    @Provides
    static Keys keys(KeyRing ring) {
      return ring.limitedTo(KeyUse.SEED, KeyUse.DESTINATION, KeyUse.INDEX, KeyUse.RECOVERY);
    }
  }
}
