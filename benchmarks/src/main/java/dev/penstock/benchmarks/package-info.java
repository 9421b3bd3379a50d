/** Penstock beside its ceilings and its peers: every contender is a process of its own, in turn, in one run. */
@NullMarked
package dev.penstock.benchmarks;

import org.jspecify.annotations.NullMarked;
