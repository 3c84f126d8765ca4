package dev.stile.edge;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What API Gateway asks a Lambda authorizer. `authorization` holds every value of that header, and
/// `arn` what an IAM policy in the answer is about; an HTTP API's has none.
public record AuthorizerEvent(
    Form form, Target target, Set<String> authorization, @Nullable String arn, String requestId) {

  public AuthorizerEvent {
    authorization = Set.copyOf(authorization);
  }

  /// How the gateway wants its answer.
  public enum Form {
    /// An HTTP API, payload format 2.0: a simple response.
    HTTP_API,
    /// A REST API, `REQUEST` or `TOKEN`, or an HTTP API with payload format 1.0: an IAM policy.
    REST
  }

  /// The request as it came, and the path template under which the gateway has it; null where it
  /// does not say, or takes every path.
  public record Target(String method, String path, @Nullable String template) {}

  /// The one value of `Authorization`; none where there are several.
  public Optional<String> onlyAuthorization() {
    return authorization.size() == 1 ? authorization.stream().findFirst() : Optional.empty();
  }
}
