/// One question to one subject, from its opening to its end, and the ports of the writes that
/// decide it.
@NullMarked
package dev.stile.challenge;

import org.jspecify.annotations.NullMarked;
