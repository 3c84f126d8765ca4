/// Measures what Stile costs: time, memory, calls, money. Never part of what runs or of the build.
@NullMarked
package dev.stile.bench;

import org.jspecify.annotations.NullMarked;
