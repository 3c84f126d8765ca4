/// Verifies WebAuthn ceremonies with webauthn4j, behind stricter checks of our own: what the
/// library normalises, tolerates or leaves out is settled here before it is asked.
@NullMarked
package dev.stile.vendor.webauthn;

import org.jspecify.annotations.NullMarked;
