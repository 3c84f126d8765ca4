package dev.stile.lambda.verify;

import dagger.Component;
import dev.stile.aws.runtime.Surroundings;
import jakarta.inject.Singleton;

/// The graph of the rotation of signing keys.
@Singleton
@Component(dependencies = Surroundings.class)
interface RotationComponent {
  RotationHandler.Work work();

  static RotationComponent in(Surroundings surroundings) {
    return DaggerRotationComponent.builder().surroundings(surroundings).build();
  }
}
