/** Columns of rows and columns of tables. */
@NullMarked
package dev.penstock.connector.iceberg.schema;

import org.jspecify.annotations.NullMarked;
