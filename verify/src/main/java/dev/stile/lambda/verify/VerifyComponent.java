package dev.stile.lambda.verify;

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

/// The graph of verdicts.
@Singleton
@Component(
    modules = {CommonModule.class, VerifyComponent.Own.class},
    dependencies = Surroundings.class)
interface VerifyComponent {
  HttpFunction function();

  static VerifyComponent in(Surroundings surroundings) {
    return DaggerVerifyComponent.builder().surroundings(surroundings).build();
  }

  /// The routes of this function, and the keys that it may use.
  @Module
  interface Own {
    @Provides
    static HttpFunction function(HttpEdge edge, VerifyHttp http, GrantsHttp grants) {
      return new HttpFunction(edge, http.router().and(grants.router()));
    }

    @Provides
    static Keys keys(KeyRing ring) {
      return ring.limitedTo(KeyUse.SEED, KeyUse.ANSWER, KeyUse.RECOVERY);
    }
  }
}
