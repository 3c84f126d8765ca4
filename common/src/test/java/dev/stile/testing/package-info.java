/// What the tests of every module share: sample values from fixed seeds at fixed times, scenes that
/// are set through the ports alone, and races of real threads.
@NullMarked
package dev.stile.testing;

import org.jspecify.annotations.NullMarked;
