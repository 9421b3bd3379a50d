package dev.penstock.dataflow.row;

import org.jspecify.annotations.Nullable;

/**
 * What a row gives to its windows.
 *
 * @param values one for each slot; null where it gives none
 * @param row the row itself, in case it is late
 */
record AggregateRow(@Nullable Object[] values, LateRow row) {}
