/** Holds the connector to the rules of the conformance kit. */
@NullMarked
package dev.penstock.connector.kafka.conformance;

import org.jspecify.annotations.NullMarked;
