/** Tests of what finds out what became of rows. */
@NullMarked
package dev.penstock.conformance.history;

import org.jspecify.annotations.NullMarked;
