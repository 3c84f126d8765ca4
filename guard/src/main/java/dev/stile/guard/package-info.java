/// What a service puts in front of an action that takes a grant: it checks the grant against the
/// details in the request, uses it up where it serves once, and otherwise gives the answer to send.
/// It knows the verifier and the JDK, and no web framework.
@NullMarked
package dev.stile.guard;

import org.jspecify.annotations.NullMarked;
