/// Recovery codes: a set of secrets that a user keeps somewhere safe, each good for one way back in
/// (look-up secrets, NIST SP 800-63B-4 §3.1.2 and §4.2.1.1).
@NullMarked
package dev.stile.factor.recovery;

import org.jspecify.annotations.NullMarked;
