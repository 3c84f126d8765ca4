/// What a snapshot of a function (SnapStart) may hold, and what it is taught before one is taken.
/// For the handlers only.
@NullMarked
package dev.stile.aws.snapshot;

import org.jspecify.annotations.NullMarked;
