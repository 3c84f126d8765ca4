package dev.stile.testing;

import dev.stile.challenge.Activations;
import dev.stile.challenge.Assertions;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Registrations;
import dev.stile.challenge.Verdicts;
import dev.stile.factor.Factors;

/// The stores that share a table, as one adapter offers them.
public record Stores(
    Factors factors,
    Challenges challenges,
    Verdicts verdicts,
    Activations activations,
    Assertions assertions,
    Registrations registrations) {}
