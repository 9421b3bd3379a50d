package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.Validity;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;

/** Numbers of eight bytes, stored as such or in a way that fits into them. */
final class LongValues extends Values {
    private final Whole stored;
    private long[] values = new long[0];

    LongValues(Whole stored) {
        this.stored = stored;
    }

    @Override
    void allocate(int capacity) {
        values = new long[capacity];
    }

    @Override
    void reserve(int capacity) {
        values = capacity > values.length ? Arrays.copyOf(values, Math.max(capacity, 2 * values.length)) : values;
    }

    @Override
    void plain(PageBytes page, int at, int count) {
        if (stored == Whole.LONG) {
            page.numbers(Math.multiplyExact(count, Long.BYTES)).asLongBuffer().get(values, at, count);
            return;
        }
        for (int i = at; i < at + count; i++) {
            values[i] = stored.plain(page);
        }
    }

    @Override
    void decoded(ValuesReader reader, int at, int count) {
        for (int i = at; i < at + count; i++) {
            values[i] = stored.decoded(reader);
        }
    }

    @Override
    void picked(Values dictionary, int[] places, int at, int count) {
        long[] from = ((LongValues) dictionary).values;
        for (int i = 0; i < count; i++) {
            values[at + i] = from[places[i]];
        }
    }

    @Override
    void move(int from, int to) {
        values[to] = values[from];
    }

    @Override
    void clear(int row, int next) {
        values[row] = 0;
    }

    @Override
    Column finish(DataType type, int rows, Validity validity) {
        return new LongColumn(type, values.length == rows ? values : Arrays.copyOf(values, rows), validity);
    }
}
