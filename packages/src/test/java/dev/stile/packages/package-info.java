/// The functions' zips: what is in them, and that each runs as Lambda runs it, with the variables
/// that Terraform gives it.
@NullMarked
package dev.stile.packages;

import org.jspecify.annotations.NullMarked;
