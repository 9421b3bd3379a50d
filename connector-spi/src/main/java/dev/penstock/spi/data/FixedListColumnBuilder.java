package dev.penstock.spi.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a {@link FixedListColumn}. */
public final class FixedListColumnBuilder extends ColumnBuilder {
    private final DataType.FixedList type;
    private final ColumnBuilder elements;

    FixedListColumnBuilder(DataType.FixedList type, int capacity) {
        super(capacity);
        this.type = type;
        this.elements = ColumnBuilder.of(type.element(), Math.multiplyExact(capacity, type.size()));
    }

    /**
     * Appends a vector of floats.
     *
     * @throws ArithmeticException if it has not as many elements as the type
     */
    public void append(float[] vector) {
        checkSize(vector.length);
        elements.appendAll(new FloatColumn(DataType.FLOAT32, vector, Validity.ALL), 0, vector.length);
        validity.appendValid();
    }

    private void checkSize(int length) {
        if (length != type.size()) {
            throw new ArithmeticException("Cannot store " + length + " elements as " + type.text());
        }
    }

    @Override
    public void appendNull() {
        for (int i = 0; i < type.size(); i++) {
            elements.appendValue(0.0f);
        }
        validity.appendNull();
    }

    @Override
    public void appendValue(@Nullable Object value) {
        if (value == null) {
            appendNull();
        } else if (value instanceof float[] vector && type.element() == DataType.FLOAT32) {
            append(vector);
        } else {
            List<?> list = (List<?>) value;
            checkSize(list.size());
            list.forEach(elements::appendValue);
            validity.appendValid();
        }
    }

    @Override
    public void appendAll(Column source, int from, int to) {
        elements.appendAll(((FixedListColumn) source).elements(), from * type.size(), to * type.size());
        validity.append(source.validity(), from, to);
    }

    @Override
    public void truncate(int rows) {
        truncateValidity(rows);
        elements.truncate(rows * type.size());
    }

    @Override
    public long sizeInBytes() {
        return elements.sizeInBytes();
    }

    @Override
    public FixedListColumn build() {
        return new FixedListColumn(type, elements.build(), finishValidity());
    }
}
