/// Telephone numbers by the numbering plans of libphonenumber.
@NullMarked
package dev.stile.vendor.phone;

import org.jspecify.annotations.NullMarked;
