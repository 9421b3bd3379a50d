/** Rows that know who they are, and what became of them. */
@NullMarked
package dev.penstock.conformance.history;

import org.jspecify.annotations.NullMarked;
