package dev.stile.aws.runtime;

import dagger.BindsInstance;
import dagger.Component;
import dev.stile.assurance.Policy;
import dev.stile.aws.AwsClientsModule;
import dev.stile.aws.OpenClients;
import dev.stile.edge.JsonLog;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;

/// The surroundings in an account, with another wire than the network's, another clock, and a log
/// that nobody reads.
@Singleton
@Component(modules = {AwsClientsModule.class, EnvironmentModule.class, KmsModule.class})
public interface RehearsalSurroundings extends Surroundings {
  OpenClients openClients();

  static RehearsalSurroundings of(
      Map<String, String> variables, Policy policy, Clock clock, SdkHttpClient wire) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var ambience = new EnvironmentModule.Ambience(any -> policy, clock, new JsonLog(nowhere));
    return DaggerRehearsalSurroundings.factory()
        .create(new EnvironmentModule(variables, ambience), wire);
  }

  /// Takes the wire as given.
  @Component.Factory
  interface Factory {
    RehearsalSurroundings create(EnvironmentModule environment, @BindsInstance SdkHttpClient wire);
  }
}
