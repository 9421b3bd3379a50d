package dev.penstock.dataflow.flow;

/** The event times that rows carry, and the watermarks of the steps before. */
record CarriedClock<V>() implements Clock<V> {}
