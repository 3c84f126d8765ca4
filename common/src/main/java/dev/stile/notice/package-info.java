/// Telling subjects what has changed: what is due, to whom, and who sends it.
@NullMarked
package dev.stile.notice;

import org.jspecify.annotations.NullMarked;
