package dev.stile.local;

import dagger.Component;
import dagger.Module;
import dagger.Provides;
import dagger.multibindings.IntoSet;
import dev.stile.aws.AwsClientsModule;
import dev.stile.aws.AwsHttpModule;
import dev.stile.aws.runtime.Surroundings;
import jakarta.inject.Singleton;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// The surroundings of the local mode: the clients of production with somebody looking on, and
/// `LocalModule` in place of the account.
@Singleton
@Component(
    modules = {
      AwsClientsModule.class,
      AwsHttpModule.class,
      LocalModule.class,
      LocalSurroundings.Watch.class
    })
interface LocalSurroundings extends Surroundings {
  static Surroundings of(LocalModule module, Traces traces) {
    return DaggerLocalSurroundings.builder().localModule(module).watch(new Watch(traces)).build();
  }

  @Module
  final class Watch {
    private final Traces traces;

    Watch(Traces traces) {
      this.traces = traces;
    }

    @Provides
    @IntoSet
    ExecutionInterceptor onlooker() {
      return new CallWatch(traces);
    }
  }
}
