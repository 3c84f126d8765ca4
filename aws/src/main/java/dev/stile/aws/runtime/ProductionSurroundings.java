package dev.stile.aws.runtime;

import dagger.Component;
import dev.stile.aws.AwsClientsModule;
import dev.stile.aws.AwsHttpModule;
import dev.stile.aws.OpenClients;
import jakarta.inject.Singleton;
import java.util.Map;

/// The surroundings in an account: everything from the variables that the deployment sets.
@Singleton
@Component(
    modules = {
      AwsClientsModule.class,
      AwsHttpModule.class,
      EnvironmentModule.class,
      KmsModule.class
    })
public interface ProductionSurroundings extends Surroundings {
  OpenClients openClients();

  static ProductionSurroundings ofEnvironment() {
    return of(System.getenv());
  }

  static ProductionSurroundings of(Map<String, String> variables) {
    return DaggerProductionSurroundings.builder()
        .environmentModule(new EnvironmentModule(variables, EnvironmentModule.Ambience.ofAccount()))
        .build();
  }
}
