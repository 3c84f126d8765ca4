package dev.stile.local;

import dev.stile.guard.HttpConsumption.Credentials;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Signs what a service asks Stile for, with the signer of the AWS SDK, as the back end of
/// development.
final class DevelopmentRole implements Credentials {
  private static final AwsCredentialsIdentity IDENTITY =
      AwsCredentialsIdentity.create(Engines.ACCESS_KEY_ID, Engines.SECRET_ACCESS_KEY);

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  @Override
  public void addTo(HttpRequest.Builder request, String body) {
    HttpRequest so = request.build();
    byte[] payload = body.getBytes(StandardCharsets.UTF_8);
    var signed =
        signer
            .sign(sign ->
                sign.identity(IDENTITY)
                    .request(
                        SdkHttpRequest.builder()
                            .method(SdkHttpMethod.fromValue(so.method()))
                            .uri(so.uri())
                            .build())
                    .payload(() -> new ByteArrayInputStream(payload))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, Signatures.SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, Signatures.REGION))
            .request();
    signed
        .headers()
        .forEach((name, values) -> {
          // The client of the JDK writes it itself, the same.
          if (!name.equalsIgnoreCase("Host")) {
            request.setHeader(name, String.join(",", values));
          }
        });
  }
}
