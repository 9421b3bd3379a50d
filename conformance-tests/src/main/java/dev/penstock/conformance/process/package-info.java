/** Processes that are killed. */
@NullMarked
package dev.penstock.conformance.process;

import org.jspecify.annotations.NullMarked;
