/**
 * For tests of flows: sources, sinks and a clock that a test controls, and a tester that runs a flow in many ways and
 * compares what they give. Start with {@link dev.penstock.flow.testing.FlowTester}. Needs no test framework; what fails
 * throws an {@link AssertionError}.
 */
@NullMarked
package dev.penstock.flow.testing;

import org.jspecify.annotations.NullMarked;
