/// The stores held to a reference model over random sequences of calls. The model is written from
/// the design and shares no rule with what it judges: where both make the same mistake, it was made
/// twice.
@NullMarked
package dev.stile.model;

import org.jspecify.annotations.NullMarked;
