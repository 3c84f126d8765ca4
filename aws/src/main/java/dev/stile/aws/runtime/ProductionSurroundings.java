package dev.stile.aws.runtime;

import dagger.Component;
import dev.stile.aws.AwsClientsModule;
import jakarta.inject.Singleton;
import java.util.Map;

/// The surroundings in an account: everything from the variables that the deployment sets.
@Singleton
@Component(modules = {AwsClientsModule.class, EnvironmentModule.class, KmsModule.class})
public interface ProductionSurroundings extends Surroundings {
  static Surroundings ofEnvironment() {
    return of(System.getenv());
  }

  static Surroundings of(Map<String, String> variables) {
    return DaggerProductionSurroundings.builder()
        .environmentModule(new EnvironmentModule(variables))
        .build();
  }
}
