/** The connector under the conformance kit. */
@NullMarked
package dev.penstock.connector.iceberg.conformance;

import org.jspecify.annotations.NullMarked;
