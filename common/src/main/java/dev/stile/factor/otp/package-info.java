/// One-time codes sent to a phone or an e-mail address: where they go and how they are derived.
/// Nothing here sends.
@NullMarked
package dev.stile.factor.otp;

import org.jspecify.annotations.NullMarked;
