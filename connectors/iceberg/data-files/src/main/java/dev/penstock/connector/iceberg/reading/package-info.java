/** Data files and delete files of tables into columns. */
@NullMarked
package dev.penstock.connector.iceberg.reading;

import org.jspecify.annotations.NullMarked;
