/// Enrollment: creates, lists, renames and removes factors. Seals seeds and destinations; never
/// opens one and never judges a code.
@NullMarked
package dev.stile.lambda.enroll;

import org.jspecify.annotations.NullMarked;
