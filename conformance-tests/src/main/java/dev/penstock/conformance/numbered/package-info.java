/** The other end of a pipeline under test: a source that numbers rows, and a sink that keeps them for certain. */
@NullMarked
package dev.penstock.conformance.numbered;

import org.jspecify.annotations.NullMarked;
