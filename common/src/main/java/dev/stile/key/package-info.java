/// Secrets and what is done with keys: sealing, keyed digests, random identifiers, and the ports
/// behind which keys live. Cryptography is the JDK's; key storage is an adapter's.
@NullMarked
package dev.stile.key;

import org.jspecify.annotations.NullMarked;
