package dev.stile.subject;

import org.jspecify.annotations.Nullable;

/// Who owns a challenge: the door, the client that called, the subject, and the primary session
/// where the token names one. Verified by the gateway, never taken from a body or a header.
public record Principal(Door door, String client, Subject subject, @Nullable String session) {}
