/** What a step with memory is: state and timers by key, the same on every engine. */
@NullMarked
package dev.penstock.dataflow.operator;

import org.jspecify.annotations.NullMarked;
