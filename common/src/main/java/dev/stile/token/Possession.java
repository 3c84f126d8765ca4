package dev.stile.token;

import java.time.Instant;

/// That whoever sent a request holds a key: the key's thumbprint (RFC 7638), the name of the proof,
/// and until when a copy of it would be taken.
public record Possession(String key, String proof, Instant goodUntil) {}
