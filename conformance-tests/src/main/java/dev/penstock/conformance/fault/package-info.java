/** Faults of the network. */
@NullMarked
package dev.penstock.conformance.fault;

import org.jspecify.annotations.NullMarked;
