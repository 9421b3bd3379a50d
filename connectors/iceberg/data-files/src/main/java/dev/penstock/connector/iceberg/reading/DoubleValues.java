package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.Validity;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;

/** Doubles, stored as such or as floats. */
final class DoubleValues extends Values {
    private final boolean floats;
    private double[] values = new double[0];

    DoubleValues(boolean floats) {
        this.floats = floats;
    }

    @Override
    void allocate(int capacity) {
        values = new double[capacity];
    }

    @Override
    void reserve(int capacity) {
        values = capacity > values.length ? Arrays.copyOf(values, Math.max(capacity, 2 * values.length)) : values;
    }

    @Override
    void plain(PageBytes page, int at, int count) {
        if (!floats) {
            page.numbers(Math.multiplyExact(count, Double.BYTES))
                    .asDoubleBuffer()
                    .get(values, at, count);
            return;
        }
        FloatBuffer stored =
                page.numbers(Math.multiplyExact(count, Float.BYTES)).asFloatBuffer();
        for (int i = 0; i < count; i++) {
            values[at + i] = stored.get(i);
        }
    }

    @Override
    void decoded(ValuesReader reader, int at, int count) {
        for (int i = at; i < at + count; i++) {
            values[i] = floats ? reader.readFloat() : reader.readDouble();
        }
    }

    @Override
    void picked(Values dictionary, int[] places, int at, int count) {
        double[] from = ((DoubleValues) dictionary).values;
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
        return new DoubleColumn(type, values.length == rows ? values : Arrays.copyOf(values, rows), validity);
    }
}
