package dev.stile.subject;

import java.util.regex.Pattern;

/// One customer of a deployment. Every key of the table begins with it.
public record Tenant(String id) {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  public Tenant {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("a tenant is 1 to 64 of a-z, 0-9 and -");
    }
  }
}
