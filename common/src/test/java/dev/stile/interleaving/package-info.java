/// The protocol of a verdict, held to its invariants over every interleaving of several callers.
/// What is explored are the stores in memory, which the contracts hold to the ones that ship.
@NullMarked
package dev.stile.interleaving;

import org.jspecify.annotations.NullMarked;
