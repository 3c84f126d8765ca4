package dev.stile.aws;

import dagger.Module;
import dagger.Provides;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.crt.io.EventLoopGroup;
import software.amazon.awssdk.crt.io.HostResolver;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

/// One CRT connection pool for all clients of a function.
@Module
public interface AwsHttpModule {
  Duration CONNECT = Duration.ofSeconds(1);

  /// With the pool go the library's own threads, as soon as no other pool uses them.
  @Provides
  @Singleton
  static SdkHttpClient http(OpenClients open) {
    open.keep(() -> {
      HostResolver.closeStaticDefault();
      EventLoopGroup.closeStaticDefault();
    });
    return open.keep(AwsCrtHttpClient.builder().connectionTimeout(CONNECT).build());
  }
}
