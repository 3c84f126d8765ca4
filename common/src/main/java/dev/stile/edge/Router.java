package dev.stile.edge;

import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The routes of one function, by the key under which the gateway matched them.
public final class Router implements Function<Request, Response> {
  private final Map<String, Function<Request, Response>> routes;

  /// Routes of users, each opened at both doors: `/v1/…` to the user, and to back ends below
  /// `/v1/users/{user_id}/…`; the same for `/oauth/…`.
  public static Router forBothDoors(Map<String, Function<Request, Response>> routes) {
    Map<String, Function<Request, Response>> all = new HashMap<>(routes);
    routes.forEach((key, route) -> all.put(Doors.backEndKey(key), route));
    return new Router(all);
  }

  public Router(Map<String, Function<Request, Response>> routes) {
    this.routes = Map.copyOf(routes);
  }

  /// These routes and those.
  public Router and(Router others) {
    Map<String, Function<Request, Response>> all = new HashMap<>(routes);
    all.putAll(others.routes);
    return new Router(all);
  }

  @Override
  public Response apply(Request request) {
    Function<Request, Response> route = routes.get(request.route());
    if (route == null) {
      throw Problem.of(ProblemCode.NOT_FOUND).asException();
    }
    return route.apply(request);
  }

  /// For whoever sets up the gateway.
  public Set<String> keys() {
    return routes.keySet();
  }
}
