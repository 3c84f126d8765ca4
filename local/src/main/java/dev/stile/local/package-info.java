/// Everything in one process: an HTTP gateway that hands real events to the real handlers, pollers
/// that stand in for event source mappings, an identity provider, an inbox, a clock that can be
/// moved, and the console. Nothing of this is in what runs on Lambda.
@NullMarked
package dev.stile.local;

import org.jspecify.annotations.NullMarked;
