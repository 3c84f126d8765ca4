package dev.stile.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The route table of the gateway: method and path template to a function. A path matches segment
/// by segment; nothing is cleaned up first, so that no other spelling reaches a route.
final class Routes {
  private static final String PUBLIC_PREFIX = "/.well-known/";
  private static final String BACK_END_PREFIX = "/v1/users/";
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, LocalAuthorizer> authorizers = new HashMap<>();

  Routes add(Set<String> keys, RequestStreamHandler function) {
    for (String key : keys) {
      int space = key.indexOf(' ');
      String[] template = key.substring(space + 1).split("/", -1);
      routes.add(new Route(key, key.substring(0, space), template, function));
    }
    return this;
  }

  /// Has an authorizer asked about these, in place of the identity provider.
  Routes protect(Set<String> keys, LocalAuthorizer authorizer) {
    keys.forEach(key -> authorizers.put(key, authorizer));
    return this;
  }

  Optional<LocalAuthorizer> authorizer(Match match) {
    return Optional.ofNullable(authorizers.get(match.key()));
  }

  Optional<Match> match(String method, String path) {
    String[] segments = path.split("/", -1);
    for (Route route : routes) {
      Optional<Map<String, String>> parameters = route.match(method, segments);
      if (parameters.isPresent()) {
        return Optional.of(new Match(route.key, parameters.get(), route.function));
      }
    }
    return Optional.empty();
  }

  /// A route that was found, with the parameters of its path.
  record Match(String key, Map<String, String> parameters, RequestStreamHandler function) {
    /// Whether the gateway asks for a signature in place of a token.
    boolean isForBackEnds() {
      return key.contains(" " + BACK_END_PREFIX);
    }

    /// Whether the gateway asks nobody who he is.
    boolean isPublic() {
      return key.contains(" " + PUBLIC_PREFIX);
    }
  }

  private static final class Route {
    private final String key;
    private final String method;
    private final String[] template;
    private final RequestStreamHandler function;

    Route(String key, String method, String[] template, RequestStreamHandler function) {
      this.key = key;
      this.method = method;
      this.template = template;
      this.function = function;
    }

    Optional<Map<String, String>> match(String asked, String[] segments) {
      if (!asked.equals(method) || segments.length != template.length) {
        return Optional.empty();
      }
      Map<String, String> parameters = new LinkedHashMap<>();
      for (int i = 0; i < template.length; i++) {
        String part = template[i];
        if (part.startsWith("{") && !segments[i].isEmpty()) {
          parameters.put(part.substring(1, part.length() - 1), decode(segments[i]));
        } else if (!part.equals(segments[i])) {
          return Optional.empty();
        }
      }
      return Optional.of(parameters);
    }

    private static String decode(String segment) {
      try {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return segment;
      }
    }
  }
}
