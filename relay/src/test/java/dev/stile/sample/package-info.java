/// A subscriber as users may write one: it knows nothing of Stile but the events.
@NullMarked
package dev.stile.sample;

import org.jspecify.annotations.NullMarked;
