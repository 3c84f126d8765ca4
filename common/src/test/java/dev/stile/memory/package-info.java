/// The stores in memory: fakes for the tests of use cases, held to the same contracts as the
/// adapters that ship.
@NullMarked
package dev.stile.memory;

import org.jspecify.annotations.NullMarked;
