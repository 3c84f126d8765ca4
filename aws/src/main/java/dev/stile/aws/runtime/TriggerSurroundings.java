package dev.stile.aws.runtime;

import dagger.Component;
import dev.stile.audit.Log;
import dev.stile.aws.AwsClientsModule;
import dev.stile.aws.AwsHttpModule;
import dev.stile.signin.SignIns;
import dev.stile.signin.StepUps;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;

/// What a trigger of a user pool finds around it: a client of Stile, and no part of it.
@Singleton
@Component(modules = {AwsClientsModule.class, AwsHttpModule.class, TriggerModule.class})
public interface TriggerSurroundings {
  StepUps stepUps();

  SignIns signIns();

  Clock clock();

  Log log();

  static TriggerSurroundings ofEnvironment() {
    return of(System.getenv());
  }

  static TriggerSurroundings of(Map<String, String> variables) {
    return DaggerTriggerSurroundings.builder().triggerModule(new TriggerModule(variables)).build();
  }
}
