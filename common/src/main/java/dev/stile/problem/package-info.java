/// The errors that the API knows, after RFC 9457, and the exception that carries one to the edge.
@NullMarked
package dev.stile.problem;

import org.jspecify.annotations.NullMarked;
