/** Steps with memory: rows exchanged by key, barriers aligned, state and timers kept. */
@NullMarked
package dev.penstock.engine.embedded.keyed;

import org.jspecify.annotations.NullMarked;
