/**
 * Rows as columns: schemas, batches and what builds and reads them.
 *
 * <p>A {@link dev.penstock.spi.data.RecordBatch} is the unit of transport everywhere; a
 * {@link dev.penstock.spi.data.Row} is what user code sees. Everything here is immutable after construction and may be
 * shared between threads, builders excepted.
 */
@NullMarked
package dev.penstock.spi.data;

import org.jspecify.annotations.NullMarked;
