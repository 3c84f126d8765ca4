package dev.stile.assurance;

/// A route of a resource server that takes a grant for one action. `guarded` says that the service
/// behind it checks the grant once more, against the body and for single use.
public record ProtectedRoute(String method, PathTemplate path, String action, boolean guarded) {
  private static final String ANY_PATH = "+}";

  /// As API Gateway writes a route.
  public String key() {
    return method + " " + path;
  }

  public boolean isAmbiguousWith(ProtectedRoute other) {
    return method.equals(other.method) && path.isAmbiguousWith(other.path);
  }

  boolean matches(String asked, String askedPath) {
    return method.equals(asked) && path.matches(askedPath);
  }

  /// Whether the gateway, which says that it matched this path template, means this route too. A
  /// template for any path says nothing against it.
  public boolean isServedUnder(String template) {
    if (template.endsWith(ANY_PATH)) {
      return true;
    }
    try {
      return path.isShapedLike(PathTemplate.parse(template));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
