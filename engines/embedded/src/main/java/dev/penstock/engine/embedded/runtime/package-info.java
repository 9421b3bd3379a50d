/** Threads, queues and the life of one incarnation; drives the protocol. */
@NullMarked
package dev.penstock.engine.embedded.runtime;

import org.jspecify.annotations.NullMarked;
