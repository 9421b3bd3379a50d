package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of type {@link DataType.MapOf}: row {@code i} is entries {@code offsets[i]} to {@code offsets[i + 1] - 1}. */
public final class MapColumn implements Column {
    private final DataType.MapOf type;
    private final int[] offsets;
    private final Column keys;
    private final Column values;
    private final Validity validity;

    /** A column of {@code offsets.length - 1} rows; {@code offsets} is kept, not copied. */
    public MapColumn(DataType.MapOf type, int[] offsets, Column keys, Column values, Validity validity) {
        this.type = requireNonNull(type, "type");
        this.offsets = requireNonNull(offsets, "offsets");
        this.keys = requireNonNull(keys, "keys");
        this.values = requireNonNull(values, "values");
        this.validity = requireNonNull(validity, "validity");
    }

    @Override
    public DataType.MapOf type() {
        return type;
    }

    @Override
    public int size() {
        return offsets.length - 1;
    }

    @Override
    public Validity validity() {
        return validity;
    }

    /** Where rows start and end in {@link #keys} and {@link #values}; not to be changed. */
    public int[] offsets() {
        return offsets;
    }

    /** The keys of all rows, one row after the other. */
    public Column keys() {
        return keys;
    }

    /** The values that belong to {@link #keys}. */
    public Column values() {
        return values;
    }

    @Override
    public @Nullable Object value(int row) {
        if (isNull(row)) {
            return null;
        }
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            entries.put(requireNonNull(keys.value(i), "key"), values.value(i));
        }
        return Collections.unmodifiableMap(entries);
    }

    @Override
    public MapColumn take(int[] rows, int count) {
        int[] taken = Nested.offsets(offsets, rows, count);
        return new MapColumn(
                type,
                taken,
                Nested.elements(keys, offsets, rows, count, taken),
                Nested.elements(values, offsets, rows, count, taken),
                validity.take(rows, count));
    }

    @Override
    public MapColumn slice(int from, int to) {
        return new MapColumn(
                type,
                Nested.rebased(offsets, from, to),
                keys.slice(offsets[from], offsets[to]),
                values.slice(offsets[from], offsets[to]),
                validity.slice(from, to));
    }

    @Override
    public long sizeInBytes() {
        return 4L * offsets.length + keys.sizeInBytes() + values.sizeInBytes() + validity.sizeInBytes();
    }
}
