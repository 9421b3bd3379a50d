/** What the conformance kit needs of PostgreSQL. */
@NullMarked
package dev.penstock.connector.postgres.conformance;

import org.jspecify.annotations.NullMarked;
