package dev.stile.aws.snapshot;

import dev.stile.edge.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Gives the answers that were recorded, to the operations that they were recorded of: each is a
/// word and the answer's body.
final class RecordedWire implements SdkHttpClient {
  private static final String SEND = "AmazonSQS.SendMessage";

  private final Deque<String> answers = new ArrayDeque<>();

  void give(List<String> next) {
    answers.addAll(next);
  }

  /// Whether every answer was asked for.
  boolean isDone() {
    return answers.isEmpty();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return exchange(request);
      }

      @Override
      public void abort() {
        // Nothing is under way.
      }
    };
  }

  private synchronized HttpExecuteResponse exchange(HttpExecuteRequest request) throws IOException {
    byte[] sent = {};
    if (request.contentStreamProvider().isPresent()) {
      try (InputStream body = request.contentStreamProvider().get().newStream()) {
        sent = body.readAllBytes();
      }
    }
    String asked = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("nothing");
    String answer = answers.poll();
    if (answer == null || !answer.startsWith(asked + " ")) {
      throw new IOException("no answer was recorded to " + asked);
    }
    String body = answer.substring(asked.length() + 1);
    if (asked.equals(SEND)) {
      body = body.replaceFirst("\\{", "{\"MD5OfMessageBody\":\"" + digest(sent) + "\",");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(200)
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  /// The client compares it, and each message is another.
  private static String digest(byte[] sent) {
    byte[] message = Json.object(sent).text("MessageBody").getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(message));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  @Override
  public void close() {
    answers.clear();
  }
}
