package dev.penstock.spi.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects a {@link BytesColumn}. */
public final class BytesColumnBuilder extends ColumnBuilder {
    private static final int FIRST_BYTES_PER_ROW = 16;

    private final DataType type;
    private int[] offsets;
    private byte[] data;

    BytesColumnBuilder(DataType type, int capacity) {
        super(capacity);
        this.type = type;
        this.offsets = new int[capacity + 1];
        this.data = new byte[capacity * FIRST_BYTES_PER_ROW];
    }

    /** Appends the bytes from {@code from} on. */
    public void append(byte[] bytes, int from, int length) {
        int start = reserve(length);
        System.arraycopy(bytes, from, data, start, length);
        endValue(start + length);
    }

    /** Appends {@code text} as UTF-8. */
    public void append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(bytes, 0, bytes.length);
    }

    /**
     * Makes room for {@code length} more bytes and gives where they go in {@link #data}: for encoders that write in
     * place. Follow with {@link #endValue}.
     *
     * @throws ArithmeticException if the column would pass 2 GiB
     */
    public int reserve(int length) {
        int start = offsets[size()];
        int end = Math.addExact(start, length);
        if (end > data.length) {
            data = Arrays.copyOf(data, Math.max(end, (int) Math.min(Integer.MAX_VALUE - 8L, data.length * 2L)));
        }
        return start;
    }

    /** The array behind the column, valid until the next {@link #reserve}. */
    public byte[] data() {
        return data;
    }

    /** Ends a value whose last byte was written at {@code end - 1}. */
    public void endValue(int end) {
        endRow(end);
        validity.appendValid();
    }

    private void endRow(int end) {
        int row = size();
        if (row + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(16, offsets.length * 2));
        }
        offsets[row + 1] = end;
    }

    @Override
    public void appendNull() {
        endRow(offsets[size()]);
        validity.appendNull();
    }

    @Override
    public void appendValue(@Nullable Object value) {
        if (value == null) {
            appendNull();
        } else {
            byte[] bytes = Values.toBytes(type, value);
            append(bytes, 0, bytes.length);
        }
    }

    @Override
    public void appendAll(Column source, int from, int to) {
        BytesColumn column = (BytesColumn) source;
        int shift = offsets[size()] - column.start(from);
        int bytes = column.offsets()[to] - column.start(from);
        int start = reserve(bytes);
        System.arraycopy(column.data(), column.start(from), data, start, bytes);
        int row = size();
        if (row + to - from + 1 > offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(row + to - from + 1, offsets.length * 2));
        }
        for (int i = from; i < to; i++) {
            offsets[++row] = column.offsets()[i + 1] + shift;
        }
        validity.append(source.validity(), from, to);
    }

    @Override
    public void truncate(int rows) {
        truncateValidity(rows);
    }

    @Override
    public long sizeInBytes() {
        return offsets[size()] + 4L * size();
    }

    @Override
    public BytesColumn build() {
        int rows = size();
        BytesColumn column = new BytesColumn(type, Arrays.copyOf(offsets, rows + 1), data, finishValidity());
        offsets = new int[capacity + 1];
        // The next batch will most likely need about as much as this one; a little more must not double it.
        int bytes = column.offsets()[rows];
        data = new byte[Math.max(16, (int) Math.min(Integer.MAX_VALUE - 8L, bytes + (bytes >>> 3)))];
        return column;
    }
}
