package dev.stile.challenge;

import dev.stile.subject.Subject;
import java.time.Instant;

/// One answer to one challenge, without the answer itself. `request` is minted by the server for
/// each call, never taken from the client: it lets a repeated write recognise itself.
public record Attempt(
    Subject subject, ChallengeId challenge, String owner, String request, Instant now) {}
