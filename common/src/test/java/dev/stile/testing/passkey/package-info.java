/// An authenticator and its client in software, written against the specification and not against
/// the library that verifies: for the tests of ceremonies, and of flows over HTTP.
@NullMarked
package dev.stile.testing.passkey;

import org.jspecify.annotations.NullMarked;
