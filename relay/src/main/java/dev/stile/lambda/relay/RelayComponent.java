package dev.stile.lambda.relay;

import dagger.Component;
import dev.stile.aws.runtime.CommonModule;
import dev.stile.aws.runtime.Surroundings;
import jakarta.inject.Singleton;

/// The graph of the relay. It has no keys: it hands on what is sealed and opens nothing.
@Singleton
@Component(modules = CommonModule.class, dependencies = Surroundings.class)
interface RelayComponent {
  RelayHandler.Work work();

  static RelayComponent in(Surroundings surroundings) {
    return DaggerRelayComponent.builder().surroundings(surroundings).build();
  }
}
