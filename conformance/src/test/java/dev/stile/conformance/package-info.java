/// Which test shows which requirement: read from the tags of the tests and the reports of the build
/// that ran them.
@NullMarked
package dev.stile.conformance;

import org.jspecify.annotations.NullMarked;
