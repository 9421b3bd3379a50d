package dev.penstock.dataflow.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of both sides, without the key; null for a side that has none. */
record Pair(@Nullable List<@Nullable Object> left, @Nullable List<@Nullable Object> right) {}
