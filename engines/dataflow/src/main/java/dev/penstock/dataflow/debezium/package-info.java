/** The format of change events that Debezium writes. */
@NullMarked
package dev.penstock.dataflow.debezium;

import org.jspecify.annotations.NullMarked;
