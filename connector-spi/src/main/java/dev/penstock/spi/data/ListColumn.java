package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of type {@link DataType.ListOf}: row {@code i} is elements {@code offsets[i]} to {@code offsets[i + 1] - 1}.
 */
public final class ListColumn implements Column {
    private final DataType.ListOf type;
    private final int[] offsets;
    private final Column elements;
    private final Validity validity;

    /** A column of {@code offsets.length - 1} rows; {@code offsets} is kept, not copied. */
    public ListColumn(DataType.ListOf type, int[] offsets, Column elements, Validity validity) {
        this.type = requireNonNull(type, "type");
        this.offsets = requireNonNull(offsets, "offsets");
        this.elements = requireNonNull(elements, "elements");
        this.validity = requireNonNull(validity, "validity");
    }

    @Override
    public DataType.ListOf type() {
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

    /** Where rows start and end in {@link #elements}; not to be changed. */
    public int[] offsets() {
        return offsets;
    }

    /** The elements of all rows, one after the other. */
    public Column elements() {
        return elements;
    }

    @Override
    public @Nullable Object value(int row) {
        if (isNull(row)) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            values.add(elements.value(i));
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public ListColumn take(int[] rows, int count) {
        int[] taken = Nested.offsets(offsets, rows, count);
        return new ListColumn(
                type, taken, Nested.elements(elements, offsets, rows, count, taken), validity.take(rows, count));
    }

    @Override
    public ListColumn slice(int from, int to) {
        return new ListColumn(
                type,
                Nested.rebased(offsets, from, to),
                elements.slice(offsets[from], offsets[to]),
                validity.slice(from, to));
    }

    @Override
    public long sizeInBytes() {
        return 4L * offsets.length + elements.sizeInBytes() + validity.sizeInBytes();
    }
}
