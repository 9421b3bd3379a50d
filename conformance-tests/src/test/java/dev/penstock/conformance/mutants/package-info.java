/** Connectors that each break one rule and keep all others: the test of the tests. */
@NullMarked
package dev.penstock.conformance.mutants;

import org.jspecify.annotations.NullMarked;
