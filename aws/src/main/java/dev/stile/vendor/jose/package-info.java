/// Grants as JSON web tokens: signed with nimbus, and judged by the library that resource servers
/// use.
@NullMarked
package dev.stile.vendor.jose;

import org.jspecify.annotations.NullMarked;
