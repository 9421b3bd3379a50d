/**
 * The epoch protocol as a state machine without threads, clock or I/O of its own: the engine drives it with threads,
 * the simulation with a seeded scheduler, and both drive the same code.
 */
@NullMarked
package dev.penstock.engine.embedded.protocol;

import org.jspecify.annotations.NullMarked;
