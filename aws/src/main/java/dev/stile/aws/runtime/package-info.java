/// What every function is wired from. Production and local mode share `CommonModule` and differ in
/// where settings, keys, clock and policy come from.
@NullMarked
package dev.stile.aws.runtime;

import org.jspecify.annotations.NullMarked;
