/// What a tenant demands: actions, levels, clients, countries and limits, and the choice of the
/// factor that meets them.
@NullMarked
package dev.stile.assurance;

import org.jspecify.annotations.NullMarked;
