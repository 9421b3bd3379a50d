/** Holds the connector to the rules of the conformance kit. */
@NullMarked
package dev.penstock.connector.lancedb.conformance;

import org.jspecify.annotations.NullMarked;
