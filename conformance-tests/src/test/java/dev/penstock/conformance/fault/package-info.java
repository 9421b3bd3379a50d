/** Tests of the faults of the network. */
@NullMarked
package dev.penstock.conformance.fault;

import org.jspecify.annotations.NullMarked;
