/// Time-based one-time passwords (RFC 6238): seeds, time steps, and the match of a code to a step.
/// The HOTP primitive is a port.
@NullMarked
package dev.stile.factor.totp;

import org.jspecify.annotations.NullMarked;
