/// Authenticator apps by libraries: the HOTP primitive of googleauth, and QR codes as SVG. Nothing
/// here judges a code.
@NullMarked
package dev.stile.vendor.totp;

import org.jspecify.annotations.NullMarked;
