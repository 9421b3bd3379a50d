/** Tables of Apache Iceberg, written exactly once. */
@NullMarked
package dev.penstock.connector.iceberg;

import org.jspecify.annotations.NullMarked;
