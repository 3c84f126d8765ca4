/// The table's stream as the outbox: what a write has changed about a factor. Knows factors and
/// challenges as the stores return them.
@NullMarked
package dev.stile.outbox;

import org.jspecify.annotations.NullMarked;
