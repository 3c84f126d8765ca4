package dev.stile.aws.runtime;

import java.net.URI;

/// What a deployment is called: its issuer, as in every grant, and its table.
public record Settings(URI issuer, String table) {}
