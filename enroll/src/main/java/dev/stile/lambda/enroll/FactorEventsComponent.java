package dev.stile.lambda.enroll;

import dagger.Component;
import dev.stile.aws.runtime.CommonModule;
import dev.stile.aws.runtime.Surroundings;
import jakarta.inject.Singleton;

/// The graph of the consumer of factor events. It has no keys.
@Singleton
@Component(modules = CommonModule.class, dependencies = Surroundings.class)
interface FactorEventsComponent {
  FactorEventsHandler.Work work();

  static FactorEventsComponent in(Surroundings surroundings) {
    return DaggerFactorEventsComponent.builder().surroundings(surroundings).build();
  }
}
