package dev.stile.lambda.challenge;

import dagger.Component;
import dagger.Module;
import dagger.Provides;
import dev.stile.aws.runtime.CommonModule;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.key.KeyRing;
import dev.stile.key.KeyUse;
import dev.stile.key.Keys;
import jakarta.inject.Singleton;

/// The graph of the delivery worker.
@Singleton
@Component(
    modules = {CommonModule.class, DeliveryComponent.OwnKeys.class},
    dependencies = Surroundings.class)
interface DeliveryComponent {
  DeliveryHandler.Work work();

  static DeliveryComponent in(Surroundings surroundings) {
    return DaggerDeliveryComponent.builder().surroundings(surroundings).build();
  }

  /// The keys that this function may use.
  @Module
  interface OwnKeys {
    @Provides
    static Keys keys(KeyRing ring) {
      return ring.limitedTo(KeyUse.CODE, KeyUse.DESTINATION);
    }
  }
}
