/// The library with which a resource server judges a Stile grant offline: signature, claims, and
/// whether the grant is for this action, at this level, this fresh, over these details. It depends
/// on the JDK, nimbus-jose-jwt and JSpecify alone, writes no log and never throws for a bad token.
@NullMarked
package dev.stile.verifier;

import org.jspecify.annotations.NullMarked;
