/// One JVM with the same handlers over the wire. Depends on everything; nothing depends on it.
@NullMarked
package dev.stile.local;

import org.jspecify.annotations.NullMarked;
