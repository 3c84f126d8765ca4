package dev.stile.subject;

/// The user whose factors are asked for, within a tenant. The id is the issuer's `sub`, prefixed
/// with the issuer's namespace where a tenant trusts more than one.
public record Subject(Tenant tenant, String id) {
  private static final int MAX_LENGTH = 256;

  public Subject {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a subject has 1 to 256 characters");
    }
    if (id.codePoints().anyMatch(Subject::isForeign)) {
      throw new IllegalArgumentException("a subject has no control characters");
    }
  }

  /// Half a surrogate pair has no encoding: it would be kept as another character.
  private static boolean isForeign(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
  }
}
