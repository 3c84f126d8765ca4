/// What users of the verifier need in their own unit tests: an issuer to throw away after the test.
/// Production code has no business here.
@NullMarked
package dev.stile.verifier.testkit;

import org.jspecify.annotations.NullMarked;
