package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Validity;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;
import org.jspecify.annotations.Nullable;

/** Decimals of more digits than a number of eight bytes holds, whatever they were when they were stored. */
final class DecimalValues extends Values {
    private final @Nullable Whole numbers;
    private final int length;
    private byte[][] values = new byte[0][];

    /** Of files from before the column had as many digits. */
    DecimalValues(Whole numbers) {
        this.numbers = numbers;
        this.length = 0;
    }

    /** @param length of each; 0 if each says its own */
    DecimalValues(int length) {
        this.numbers = null;
        this.length = length;
    }

    @Override
    void allocate(int capacity) {
        values = new byte[capacity][];
    }

    @Override
    void reserve(int capacity) {
        values = capacity > values.length ? Arrays.copyOf(values, Math.max(capacity, 2 * values.length)) : values;
    }

    @Override
    void plain(PageBytes page, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (numbers != null) {
                values[i] = shortest(numbers.plain(page));
            } else {
                int size = length == 0 ? page.nextInt() : length;
                values[i] = shortest(page.array(), page.take(size), size);
            }
        }
    }

    @Override
    void decoded(ValuesReader reader, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (numbers != null) {
                values[i] = shortest(numbers.decoded(reader));
            } else {
                byte[] bytes = reader.readBytes().getBytesUnsafe();
                values[i] = shortest(bytes, 0, bytes.length);
            }
        }
    }

    private static byte[] shortest(long number) {
        return BigInteger.valueOf(number).toByteArray();
    }

    /** Without leading bytes that repeat the sign. */
    private static byte[] shortest(byte[] bytes, int from, int size) {
        int start = from;
        int last = from + size - 1;
        while (start < last && bytes[start] == bytes[start + 1] >> 7) {
            start++;
        }
        return Arrays.copyOfRange(bytes, start, from + size);
    }

    @Override
    void picked(Values dictionary, int[] places, int at, int count) {
        byte[][] from = ((DecimalValues) dictionary).values;
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
        values[row] = new byte[0];
    }

    @Override
    Column finish(DataType type, int rows, Validity validity) {
        int[] offsets = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            offsets[row + 1] = Math.addExact(offsets[row], values[row].length);
        }
        byte[] data = new byte[offsets[rows]];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values[row], 0, data, offsets[row], values[row].length);
        }
        return new BytesColumn(type, offsets, data, validity);
    }
}
