package dev.stile.lambda.challenge;

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

/// The graph of challenges.
@Singleton
@Component(
    modules = {CommonModule.class, ChallengeComponent.Own.class},
    dependencies = Surroundings.class)
interface ChallengeComponent {
  HttpFunction function();

  static ChallengeComponent in(Surroundings surroundings) {
    return DaggerChallengeComponent.builder().surroundings(surroundings).build();
  }

  /// The routes of this function, and the keys that it may use.
  @Module
  interface Own {
    @Provides
    static HttpFunction function(HttpEdge edge, ChallengeHttp http) {
      return new HttpFunction(edge, http.router());
    }

    @Provides
    static Keys keys(KeyRing ring) {
      return ring.limitedTo(KeyUse.CODE, KeyUse.ANSWER);
    }
  }
}
