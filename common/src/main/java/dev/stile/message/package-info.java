/// What travels through the queues: opaque ids, never a code, seed, address or token.
@NullMarked
package dev.stile.message;

import org.jspecify.annotations.NullMarked;
