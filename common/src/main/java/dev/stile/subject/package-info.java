/// Who asks and for whom: tenants, their subjects, and the principal that a challenge belongs to.
/// Knows the JDK only; every other package may use it.
@NullMarked
package dev.stile.subject;

import org.jspecify.annotations.NullMarked;
