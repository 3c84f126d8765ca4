/// The function that turns what the table's stream shows into facts: audit records, notices,
/// messages, events. Knows no other function; what it has to tell, it reads out of the change
/// alone.
@NullMarked
package dev.stile.lambda.relay;

import org.jspecify.annotations.NullMarked;
