package dev.stile.edge;

import dev.stile.assurance.Action;
import dev.stile.assurance.PathTemplate;
import dev.stile.assurance.ProtectedRoute;
import dev.stile.assurance.ProtectedRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the routes that take grants, each under its name in API Gateway: `POST /payments/{id}`.
final class RoutesReader {
  private static final Set<String> METHODS =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

  private RoutesReader() {}

  static ProtectedRoutes read(JsonObject root, Map<String, Action> actions) {
    List<ProtectedRoute> routes = new ArrayList<>();
    root.object("routes")
        .ifPresent(object -> {
          for (String name : object.names()) {
            ProtectedRoute route = route(object, name, actions);
            routes.stream()
                .filter(route::isAmbiguousWith)
                .findFirst()
                .ifPresent(other -> {
                  throw object.wrong(name, "can be meant by the same request as " + other.key());
                });
            routes.add(route);
          }
        });
    return new ProtectedRoutes(routes);
  }

  private static ProtectedRoute route(JsonObject routes, String name, Map<String, Action> actions) {
    JsonObject object = routes.object(name).orElseThrow();
    int space = name.indexOf(' ');
    if (space < 0 || !METHODS.contains(name.substring(0, space))) {
      throw routes.wrong(name, "does not begin with one method in capitals");
    }
    PathTemplate path = path(routes, name, name.substring(space + 1));
    Action action = actions.get(object.text("action"));
    if (action == null) {
      throw object.wrong("action", "names no action");
    }
    boolean guarded = object.flag("guard").orElse(false);
    if (action.needsGuard() && !guarded) {
      throw object.wrong(
          "guard", "has to be true, since grants for " + action.name() + " are bound or used up");
    }
    object.noMore();
    return new ProtectedRoute(name.substring(0, space), path, action.name(), guarded);
  }

  private static PathTemplate path(JsonObject routes, String name, String text) {
    try {
      return PathTemplate.parse(text);
    } catch (IllegalArgumentException e) {
      throw routes.wrong(name, "is not a route: " + e.getMessage());
    }
  }
}
