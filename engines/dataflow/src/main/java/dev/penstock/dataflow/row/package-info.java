/** Steps with memory that pipeline files can name: they work on rows and columns. */
@NullMarked
package dev.penstock.dataflow.row;

import org.jspecify.annotations.NullMarked;
