/// The door of back ends from outside: how a login flow in the same account calls Stile.
@NullMarked
package dev.stile.aws.door;

import org.jspecify.annotations.NullMarked;
