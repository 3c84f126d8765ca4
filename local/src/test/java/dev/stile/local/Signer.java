package dev.stile.local;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Signs requests as the AWS SDK does, with what may be varied: whose key, which secret, for what
/// and when.
record Signer(String key, String secret, String region, String service, Clock clock) {
  static Signer of(String key) {
    return new Signer(
        key, Engines.SECRET_ACCESS_KEY, Engines.REGION, Signatures.SERVICE, Clock.systemUTC());
  }

  /// The headers to send, those that were given included; by lower-case name.
  Map<String, String> headers(
      String method, URI uri, @Nullable String body, Map<String, String> headers) {
    var unsigned = SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
    headers.forEach(unsigned::putHeader);
    byte[] payload = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
    var signed =
        AwsV4HttpSigner.create()
            .sign(request ->
                request
                    .identity(AwsCredentialsIdentity.create(key, secret))
                    .request(unsigned.build())
                    .payload(() -> new ByteArrayInputStream(payload))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock))
            .request();
    Map<String, String> all = new LinkedHashMap<>();
    signed
        .headers()
        .forEach(
            (name, values) -> all.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return all;
  }
}
