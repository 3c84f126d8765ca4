/// Sign-ins elsewhere that demand a step-up here: what the triggers of a user pool ask of Stile,
/// and what they remember between two of their calls. Knows the JDK only.
@NullMarked
package dev.stile.signin;

import org.jspecify.annotations.NullMarked;
