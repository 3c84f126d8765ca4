/// How often something may happen: the exact log of sends to one destination and the coarse
/// counters around it.
@NullMarked
package dev.stile.throttle;

import org.jspecify.annotations.NullMarked;
