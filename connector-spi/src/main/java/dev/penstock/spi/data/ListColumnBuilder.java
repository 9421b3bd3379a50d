package dev.penstock.spi.data;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a {@link ListColumn}: append the elements to {@link #elements}, then call {@link #endList}. */
public final class ListColumnBuilder extends ColumnBuilder {
    private final DataType.ListOf type;
    private final ColumnBuilder elements;
    private int[] offsets;

    ListColumnBuilder(DataType.ListOf type, int capacity) {
        super(capacity);
        this.type = type;
        this.elements = ColumnBuilder.of(type.element(), capacity);
        this.offsets = new int[capacity + 1];
    }

    /** The builder of the elements. */
    public ColumnBuilder elements() {
        return elements;
    }

    /** Ends a list of the elements appended since the last one. */
    public void endList() {
        endRow();
        validity.appendValid();
    }

    private void endRow() {
        if (size() + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(16, offsets.length * 2));
        }
        offsets[size() + 1] = elements.size();
    }

    @Override
    public void appendNull() {
        endRow();
        validity.appendNull();
    }

    @Override
    public void appendValue(@Nullable Object value) {
        if (value == null) {
            appendNull();
            return;
        }
        for (Object element : (List<?>) value) {
            elements.appendValue(element);
        }
        endList();
    }

    @Override
    public void appendAll(Column source, int from, int to) {
        ListColumn lists = (ListColumn) source;
        for (int row = from; row < to; row++) {
            elements.appendAll(lists.elements(), lists.offsets()[row], lists.offsets()[row + 1]);
            endRow();
            validity.append(source.validity(), row, row + 1);
        }
    }

    @Override
    public void truncate(int rows) {
        truncateValidity(rows);
        elements.truncate(offsets[rows]);
    }

    @Override
    public long sizeInBytes() {
        return 4L * size() + elements.sizeInBytes();
    }

    @Override
    public ListColumn build() {
        int[] built = Arrays.copyOf(offsets, size() + 1);
        offsets = new int[capacity + 1];
        return new ListColumn(type, built, elements.build(), finishValidity());
    }
}
