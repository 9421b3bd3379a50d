package dev.penstock.dataflow.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of one side.
 *
 * @param values of its columns but the key and the time
 */
record JoinRow(List<@Nullable Object> values) {}
