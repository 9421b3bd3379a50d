/** The connector under the conformance kit. */
@NullMarked
package dev.penstock.connector.postgres.conformance;

import org.jspecify.annotations.NullMarked;
