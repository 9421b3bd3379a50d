package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Validity;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;

/** Texts and other bytes, each with its length or all of the same. */
final class BytesValues extends Values {
    private static final int LIKELY_LENGTH = 16;

    private final int length;
    private int[] offsets = new int[1];
    private byte[] data = new byte[0];
    private int likelyBytes = -1;

    /** @param length of each value; 0 if each says its own */
    BytesValues(int length) {
        this.length = length;
    }

    @Override
    void allocate(int capacity) {
        offsets = new int[capacity + 1];
        data = new byte[likelyBytes < 0 ? LIKELY_LENGTH * capacity : likelyBytes];
    }

    @Override
    void reserve(int capacity) {
        if (capacity + 1 > offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(capacity + 1, 2 * offsets.length));
        }
    }

    private byte[] room(int end) {
        if (end > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, 2L * data.length)));
        }
        return data;
    }

    @Override
    void plain(PageBytes page, int at, int count) {
        int end = offsets[at];
        if (length > 0) {
            int total = Math.multiplyExact(count, length);
            System.arraycopy(page.array(), page.take(total), room(Math.addExact(end, total)), end, total);
            for (int i = at; i < at + count; i++) {
                end += length;
                offsets[i + 1] = end;
            }
            return;
        }
        for (int i = at; i < at + count; i++) {
            int size = page.nextInt();
            end = append(page.array(), page.take(size), size, end);
            offsets[i + 1] = end;
        }
    }

    private int append(byte[] source, int from, int size, int at) {
        int end = Math.addExact(at, size);
        byte[] target = end > data.length ? room(end) : data;
        System.arraycopy(source, from, target, at, size);
        return end;
    }

    @Override
    void decoded(ValuesReader reader, int at, int count) {
        int end = offsets[at];
        for (int i = at; i < at + count; i++) {
            byte[] value = reader.readBytes().getBytesUnsafe();
            end = append(value, 0, value.length, end);
            offsets[i + 1] = end;
        }
    }

    @Override
    void picked(Values dictionary, int[] places, int at, int count) {
        BytesValues from = (BytesValues) dictionary;
        int end = offsets[at];
        for (int i = 0; i < count; i++) {
            int start = from.offsets[places[i]];
            end = append(from.data, start, from.offsets[places[i] + 1] - start, end);
            offsets[at + i + 1] = end;
        }
    }

    @Override
    void move(int from, int to) {
        offsets[to + 1] = offsets[from + 1];
    }

    /** An empty value where the values before it end. */
    @Override
    void clear(int row, int next) {
        offsets[row + 1] = offsets[next];
    }

    @Override
    Column finish(DataType type, int rows, Validity validity) {
        // As much as this time and a little more, so that most batches need no larger array.
        likelyBytes = offsets[rows] + (offsets[rows] >>> 4);
        int[] ends = offsets.length == rows + 1 ? offsets : Arrays.copyOf(offsets, rows + 1);
        return new BytesColumn(type, ends, data, validity);
    }
}
