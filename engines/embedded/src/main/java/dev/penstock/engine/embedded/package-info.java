/** Runs a pipeline exactly once inside one JVM. */
@NullMarked
package dev.penstock.engine.embedded;

import org.jspecify.annotations.NullMarked;
