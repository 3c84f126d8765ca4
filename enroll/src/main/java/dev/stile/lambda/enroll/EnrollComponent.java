package dev.stile.lambda.enroll;

import dagger.Component;
import dagger.Module;
import dagger.Provides;
import dev.stile.aws.runtime.CommonModule;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.edge.HttpEdge;
import dev.stile.edge.HttpFunction;
import dev.stile.key.KeyRing;
import dev.stile.key.KeyUse;
import dev.stile.key.Keys;
import jakarta.inject.Singleton;

/// The graph of enrollment.
@Singleton
@Component(
    modules = {CommonModule.class, EnrollComponent.Own.class},
    dependencies = Surroundings.class)
interface EnrollComponent {
  HttpFunction function();

  static EnrollComponent in(Surroundings surroundings) {
    return DaggerEnrollComponent.builder().surroundings(surroundings).build();
  }

  /// The routes of this function, and the keys that it may use.
  @Module
  interface Own {
    @Provides
    static HttpFunction function(
        HttpEdge edge, EnrollHttp http, RecoveryHttp recovery, ReadAudit audit) {
      return new HttpFunction(edge, http.router().and(recovery.router()).and(audit.router()));
    }

    @Provides
    static Keys keys(KeyRing ring) {
      return ring.limitedTo(KeyUse.SEED, KeyUse.DESTINATION, KeyUse.INDEX, KeyUse.RECOVERY);
    }
  }
}
