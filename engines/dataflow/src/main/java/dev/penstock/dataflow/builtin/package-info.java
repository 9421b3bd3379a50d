/** Connectors that every installation has: made-up rows, and sinks for looking and for measuring. */
@NullMarked
package dev.penstock.dataflow.builtin;

import org.jspecify.annotations.NullMarked;
