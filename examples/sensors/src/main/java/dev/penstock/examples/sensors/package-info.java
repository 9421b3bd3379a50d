/** Sums of simulated sensors in windows of time. */
@NullMarked
package dev.penstock.examples.sensors;

import org.jspecify.annotations.NullMarked;
