/** A connector for directories that are used as queues: what the tutorial of connectors in the guide builds. */
@NullMarked
package dev.penstock.examples.directoryqueue;

import org.jspecify.annotations.NullMarked;
