package dev.stile.local;

import dagger.Component;
import dev.stile.aws.AwsClientsModule;
import dev.stile.aws.runtime.Surroundings;
import jakarta.inject.Singleton;

/// The surroundings of the local mode: the clients of production, and `LocalModule` in place of the
/// account.
@Singleton
@Component(modules = {AwsClientsModule.class, LocalModule.class})
interface LocalSurroundings extends Surroundings {
  static Surroundings of(LocalModule module) {
    return DaggerLocalSurroundings.builder().localModule(module).build();
  }
}
