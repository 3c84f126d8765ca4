/// Challenges: opens, reads, resends, cancels and switches them, prepares the ones that enrollment
/// asked for, and delivers codes. Derives codes; judges none.
@NullMarked
package dev.stile.lambda.challenge;

import org.jspecify.annotations.NullMarked;
