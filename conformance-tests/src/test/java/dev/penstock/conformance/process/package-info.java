/** Tests of processes that are killed. */
@NullMarked
package dev.penstock.conformance.process;

import org.jspecify.annotations.NullMarked;
