package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of type {@link DataType.FixedList}: row {@code i} is elements {@code i * size} to {@code (i + 1) * size - 1}
 * of one flat column, so that a batch of vectors is one array. A null row takes its room too.
 */
public final class FixedListColumn implements Column {
    private final DataType.FixedList type;
    private final Column elements;
    private final Validity validity;

    /**
     * A column of {@code elements.size() / type.size()} rows; elements is a {@link FloatColumn} or
     * {@link DoubleColumn}.
     */
    public FixedListColumn(DataType.FixedList type, Column elements, Validity validity) {
        this.type = requireNonNull(type, "type");
        this.elements = requireNonNull(elements, "elements");
        this.validity = requireNonNull(validity, "validity");
        if (elements.size() % type.size() != 0) {
            throw new IllegalArgumentException("Cannot make a column of " + type.text() + " from " + elements.size()
                    + " elements: not a multiple of " + type.size());
        }
    }

    /** A column of float vectors that are never null; {@code values} is kept, not copied. */
    public static FixedListColumn of(DataType.FixedList type, float[] values) {
        return new FixedListColumn(type, new FloatColumn(DataType.FLOAT32, values, Validity.ALL), Validity.ALL);
    }

    @Override
    public DataType.FixedList type() {
        return type;
    }

    @Override
    public int size() {
        return elements.size() / type.size();
    }

    @Override
    public Validity validity() {
        return validity;
    }

    /** The elements of all rows, one row after the other. */
    public Column elements() {
        return elements;
    }

    @Override
    public @Nullable Object value(int row) {
        if (isNull(row)) {
            return null;
        }
        int from = row * type.size();
        if (elements instanceof FloatColumn floats) {
            return Arrays.copyOfRange(floats.values(), from, from + type.size());
        }
        List<@Nullable Object> values = new ArrayList<>(type.size());
        for (int i = from; i < from + type.size(); i++) {
            values.add(elements.value(i));
        }
        return values;
    }

    @Override
    public FixedListColumn take(int[] rows, int count) {
        int[] picked = new int[count * type.size()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = rows[i / type.size()] * type.size() + i % type.size();
        }
        return new FixedListColumn(type, elements.take(picked, picked.length), validity.take(rows, count));
    }

    @Override
    public FixedListColumn slice(int from, int to) {
        return new FixedListColumn(
                type, elements.slice(from * type.size(), to * type.size()), validity.slice(from, to));
    }

    @Override
    public long sizeInBytes() {
        return elements.sizeInBytes() + validity.sizeInBytes();
    }
}
