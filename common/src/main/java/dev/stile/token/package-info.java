/// The grant: what it says, who signs it and how one that a caller presents is judged.
@NullMarked
package dev.stile.token;

import org.jspecify.annotations.NullMarked;
