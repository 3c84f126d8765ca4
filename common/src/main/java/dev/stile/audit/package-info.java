/// The facts that operators and auditors read, and the port they are written to.
@NullMarked
package dev.stile.audit;

import org.jspecify.annotations.NullMarked;
