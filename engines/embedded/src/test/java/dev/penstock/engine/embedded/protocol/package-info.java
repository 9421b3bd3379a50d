/**
 * The epoch protocol under a seeded scheduler: crashes, zombies, rescaling, time travel, and lost replies at every
 * step.
 */
@NullMarked
package dev.penstock.engine.embedded.protocol;

import org.jspecify.annotations.NullMarked;
