package dev.stile.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

/// Hands calls on and keeps what was answered. The table is asked to tell what each call consumed.
final class RecordingWire implements SdkHttpClient {
  private final SdkHttpClient network = AwsCrtHttpClient.create();
  private final List<Answered> answers = new ArrayList<>();

  /// A call by the name of its operation, how many bytes it was, and its answer.
  record Answered(String operation, int bytes, String body) {}

  /// Those since the last look.
  synchronized List<Answered> take() {
    List<Answered> taken = List.copyOf(answers);
    answers.clear();
    return taken;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    byte[] body = body(request);
    String operation = operation(request, body);
    ExecutableHttpRequest call =
        network.prepareRequest(operation.startsWith("DynamoDB") ? asked(request, body) : request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return kept(operation, body.length, call.call());
      }

      @Override
      public void abort() {
        call.abort();
      }
    };
  }

  private static byte[] body(HttpExecuteRequest request) {
    if (request.contentStreamProvider().isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = request.contentStreamProvider().get().newStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// SNS says it in a form, SES by its path.
  private static String operation(HttpExecuteRequest request, byte[] body) {
    String form = new String(body, StandardCharsets.UTF_8);
    return request
        .httpRequest()
        .firstMatchingHeader("X-Amz-Target")
        .orElse(form.startsWith("Action=Publish") ? "SNS.Publish" : "SES.SendEmail");
  }

  private static HttpExecuteRequest asked(HttpExecuteRequest request, byte[] body) {
    byte[] more =
        new String(body, StandardCharsets.UTF_8)
            .replaceFirst("\\{", "{\"ReturnConsumedCapacity\":\"TOTAL\",")
            .getBytes(StandardCharsets.UTF_8);
    return HttpExecuteRequest.builder()
        .request(
            request.httpRequest().toBuilder()
                .putHeader("Content-Length", Integer.toString(more.length))
                .build())
        .contentStreamProvider(() -> new ByteArrayInputStream(more))
        .build();
  }

  private HttpExecuteResponse kept(String operation, int bytes, HttpExecuteResponse response)
      throws IOException {
    byte[] body = new byte[0];
    if (response.responseBody().isPresent()) {
      body = response.responseBody().get().readAllBytes();
    }
    synchronized (this) {
      answers.add(new Answered(operation, bytes, new String(body, StandardCharsets.UTF_8)));
    }
    return HttpExecuteResponse.builder()
        .response(response.httpResponse())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  @Override
  public void close() {
    network.close();
  }
}
