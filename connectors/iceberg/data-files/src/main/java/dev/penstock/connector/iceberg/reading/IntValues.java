package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.Validity;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;

/** Numbers of four bytes, stored as such. */
final class IntValues extends Values {
    private int[] values = new int[0];

    @Override
    void allocate(int capacity) {
        values = new int[capacity];
    }

    @Override
    void reserve(int capacity) {
        values = capacity > values.length ? Arrays.copyOf(values, Math.max(capacity, 2 * values.length)) : values;
    }

    @Override
    void plain(PageBytes page, int at, int count) {
        page.numbers(Math.multiplyExact(count, Integer.BYTES)).asIntBuffer().get(values, at, count);
    }

    @Override
    void decoded(ValuesReader reader, int at, int count) {
        for (int i = at; i < at + count; i++) {
            values[i] = reader.readInteger();
        }
    }

    @Override
    void picked(Values dictionary, int[] places, int at, int count) {
        int[] from = ((IntValues) dictionary).values;
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
        return new IntColumn(type, values.length == rows ? values : Arrays.copyOf(values, rows), validity);
    }
}
