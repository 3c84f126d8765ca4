package dev.stile.challenge;

import dev.stile.key.RandomIds;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One answer to one challenge, without the answer itself. `request` is minted by the server for
/// each call, never taken from the client: it lets a repeated write recognise itself. A repeated
/// call is recognised by `retry`, where the client names one.
public record Attempt(
    Subject subject,
    ChallengeId challenge,
    String owner,
    String request,
    Instant now,
    @Nullable Retry retry) {
  public Attempt(
      Subject subject, ChallengeId challenge, String owner, String request, Instant now) {
    this(subject, challenge, owner, request, now, null);
  }

  /// A name for one call, which tells the gateway's request that it belongs to.
  public static String request(Call call, RandomIds ids) {
    return call.request() + "." + ids.text();
  }

  /// The gateway's request that a call belongs to; empty where it was minted without one.
  static String requestOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }
}
