/** What earlier releases of a connector declared, and whether this one still goes with it. */
@NullMarked
package dev.penstock.conformance.release;

import org.jspecify.annotations.NullMarked;
