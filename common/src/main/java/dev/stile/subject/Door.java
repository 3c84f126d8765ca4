package dev.stile.subject;

/// How a caller came in: as the user with a primary token, or as a back end with signed requests.
public enum Door {
  SELF_SERVICE,
  BACK_END
}
