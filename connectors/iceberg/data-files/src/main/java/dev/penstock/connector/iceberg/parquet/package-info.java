/** Columns into Parquet files of a table. */
@NullMarked
package dev.penstock.connector.iceberg.parquet;

import org.jspecify.annotations.NullMarked;
