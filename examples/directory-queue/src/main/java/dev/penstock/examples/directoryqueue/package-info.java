/** A connector for directories that are used as queues: what "Write your own connector" in the guide builds. */
@NullMarked
package dev.penstock.examples.directoryqueue;

import org.jspecify.annotations.NullMarked;
