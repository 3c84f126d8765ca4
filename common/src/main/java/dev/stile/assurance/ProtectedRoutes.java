package dev.stile.assurance;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All routes that take grants. Where two match, the one that names the path more exactly is meant,
/// as in API Gateway; a route that is not here is denied.
public record ProtectedRoutes(List<ProtectedRoute> all) {
  public ProtectedRoutes {
    all =
        all.stream().sorted(Comparator.comparingLong(route -> route.path().parameters())).toList();
  }

  public Optional<ProtectedRoute> match(String method, String path) {
    return all.stream().filter(route -> route.matches(method, path)).findFirst();
  }
}
