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

/// The graph of the notice worker.
@Singleton
@Component(
    modules = {CommonModule.class, NoticeComponent.OwnKeys.class},
    dependencies = Surroundings.class)
interface NoticeComponent {
  NoticeHandler.Work work();

  static NoticeComponent in(Surroundings surroundings) {
    return DaggerNoticeComponent.builder().surroundings(surroundings).build();
  }

  /// The keys that this function may use.
  @Module
  interface OwnKeys {
    @Provides
    static Keys keys(KeyRing ring) {
      return ring.limitedTo(KeyUse.DESTINATION);
    }
  }
}
