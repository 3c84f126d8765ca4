/// Passkeys and security keys: what a ceremony expects, and the port that verifies one (WebAuthn
/// Level 3). Knows no other kind of factor and no vendor.
@NullMarked
package dev.stile.factor.webauthn;

import org.jspecify.annotations.NullMarked;
