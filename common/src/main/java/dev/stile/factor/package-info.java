/// The factors of a subject: what each kind is made of, how its failures delay it, and the store
/// that keeps them. One package below this for what only one kind needs; they never know each
/// other.
@NullMarked
package dev.stile.factor;

import org.jspecify.annotations.NullMarked;
