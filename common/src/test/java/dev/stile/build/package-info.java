/// What holds for the source itself: its layout, and which part may know which.
@NullMarked
package dev.stile.build;

import org.jspecify.annotations.NullMarked;
