package dev.stile.edge;

import dev.stile.subject.Door;

/// The two doors by their routes. Each use case has one of each, told apart by the path alone, so
/// that a gateway asks for the right proof before any of this code runs.
final class Doors {
  /// The parameter of a back end's path.
  static final String USER_ID = "user_id";

  private static final String SELF_SERVICE = " /v1/";
  private static final String OAUTH = " /oauth/";
  private static final String BACK_END = " /v1/users/{" + USER_ID + "}/";

  private Doors() {}

  static Door ofRoute(String key) {
    return key.contains(BACK_END) ? Door.BACK_END : Door.SELF_SERVICE;
  }

  /// The same route at the self-service door.
  static String selfServiceKey(String key) {
    return key.replace(BACK_END + OAUTH.substring(2), OAUTH).replace(BACK_END, SELF_SERVICE);
  }

  static String backEndKey(String key) {
    if (key.contains(OAUTH)) {
      return key.replace(OAUTH, BACK_END + OAUTH.substring(2));
    }
    if (!key.contains(SELF_SERVICE)) {
      throw new IllegalArgumentException(key + " is no route of a user");
    }
    return key.replace(SELF_SERVICE, BACK_END);
  }
}
