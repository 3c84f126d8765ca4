package dev.stile.notice;

import dev.stile.factor.Credential.Destination;
import dev.stile.factor.FactorId;
import org.jspecify.annotations.Nullable;

/// A verified destination, and the language in which it was last written to.
public record Addressee(FactorId factor, Destination destination, @Nullable String locale) {}
