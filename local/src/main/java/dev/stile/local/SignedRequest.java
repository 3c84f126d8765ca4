package dev.stile.local;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of a request goes into its signature: headers by lower-case name, the body by its digest.
record SignedRequest(String method, URI uri, Map<String, String> headers, String bodyDigest) {
  private static final String OF_AWS = "x-amz-";
  private static final String BODY_DIGEST = "x-amz-content-sha256";

  /// Empty where there is none.
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// These have to be signed wherever they are.
  List<String> headersOfAws() {
    return headers.keySet().stream().filter(name -> name.startsWith(OF_AWS)).toList();
  }

  /// A digest that the caller names as well must be the body's own: unsigned bodies are not taken.
  boolean agreesOnBody() {
    return headers.getOrDefault(BODY_DIGEST, bodyDigest).equals(bodyDigest);
  }

  /// The canonical request. A header that is signed and not there counts as empty.
  String canonical(List<String> signed) {
    String values =
        signed.stream()
            .map(name -> name + ":" + header(name).strip().replaceAll(" +", " ") + "\n")
            .collect(Collectors.joining());
    return String.join("\n", method, path(), query(), values, String.join(";", signed), bodyDigest);
  }

  /// Each segment is encoded once more than it was sent, as for all services but S3.
  private String path() {
    return Stream.of(uri.getRawPath().split("/", -1))
        .map(SignedRequest::encode)
        .collect(Collectors.joining("/"));
  }

  private String query() {
    @Nullable String query = uri.getRawQuery();
    return query == null || query.isEmpty()
        ? ""
        : Stream.of(query.split("&"))
            .map(SignedRequest::parameter)
            .sorted()
            .collect(Collectors.joining("&"));
  }

  private static String parameter(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0
        ? encode(decode(pair)) + "="
        : encode(decode(pair.substring(0, equals)))
            + "="
            + encode(decode(pair.substring(equals + 1)));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /// All but the unreserved characters of RFC 3986.
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
