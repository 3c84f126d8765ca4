package dev.stile.assurance;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A role of IAM, by the ARN that every session of it reduces to:
/// `arn:aws:iam::123456789012:role/Name`. A session's ARN names no path, so none is kept; within an
/// account a role's name is unique without it.
public record Role(String arn) {
  private static final Pattern ROLE =
      Pattern.compile("arn:(aws[a-z-]*):iam::(\\d{12}):role/(?:[!-~]*/)?([\\w+=,.@-]{1,64})");
  private static final Pattern SESSION =
      Pattern.compile("arn:(aws[a-z-]*):sts::(\\d{12}):assumed-role/([\\w+=,.@-]{1,64})/[^/]+");

  public Role {
    arn = reduced(ROLE, arn).orElseThrow(() -> new IllegalArgumentException("not a role's ARN"));
  }

  /// The role that a caller acts as, if it acts as one: users and roots of an account do not.
  public static Optional<Role> ofCaller(String arn) {
    return reduced(ROLE, arn).or(() -> reduced(SESSION, arn)).map(Role::new);
  }

  private static Optional<String> reduced(Pattern form, String arn) {
    Matcher matcher = form.matcher(arn);
    return matcher.matches()
        ? Optional.of(
            "arn:%s:iam::%s:role/%s"
                .formatted(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }
}
