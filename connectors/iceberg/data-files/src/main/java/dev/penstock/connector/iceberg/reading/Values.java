package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Validity;
import org.apache.parquet.column.values.ValuesReader;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column that are there, one after the other, in the array that its rows will have. Filled from pages
 * in any encoding; those of a dictionary are kept in the same way and picked by their places.
 */
abstract class Values {
    private int size;

    /** How many there are. */
    final int size() {
        return size;
    }

    /** Begins anew, with room for {@code capacity} values. */
    final void begin(int capacity) {
        size = 0;
        allocate(capacity);
    }

    /** Adds the next {@code count} values of a page that stores them as they are. */
    final void addPlain(PageBytes page, int count) {
        reserve(size + count);
        plain(page, size, count);
        size += count;
    }

    /** Adds the next {@code count} values that {@code reader} decodes. */
    final void addDecoded(ValuesReader reader, int count) {
        reserve(size + count);
        decoded(reader, size, count);
        size += count;
    }

    /** Adds the values at {@code places} of {@code dictionary}, which is of the same class. */
    final void addPicked(Values dictionary, int[] places, int count) {
        reserve(size + count);
        picked(dictionary, places, size, count);
        size += count;
    }

    /**
     * All of them as a column of {@code rows} rows. The array goes with it, so this begins anew afterwards.
     *
     * @param valid which rows have a value, a bit each; null if all have
     */
    final Column column(DataType type, int rows, long @Nullable [] valid) {
        int values = valid == null ? rows : count(valid);
        if (values != size) {
            throw new IllegalStateException(size + " values for " + values + " rows");
        }
        reserve(rows);
        if (valid != null) {
            int from = size;
            for (int row = rows - 1; row >= 0; row--) {
                if ((valid[row >>> 6] & 1L << row) == 0) {
                    clear(row, from);
                } else {
                    move(--from, row);
                }
            }
        }
        return finish(type, rows, valid == null ? Validity.ALL : Validity.of(valid));
    }

    private static int count(long[] valid) {
        int count = 0;
        for (long word : valid) {
            count += Long.bitCount(word);
        }
        return count;
    }

    abstract void allocate(int capacity);

    /** Makes room for {@code capacity} values in all. */
    abstract void reserve(int capacity);

    abstract void plain(PageBytes page, int at, int count);

    abstract void decoded(ValuesReader reader, int at, int count);

    abstract void picked(Values dictionary, int[] places, int at, int count);

    /** Puts the value at {@code from} to {@code to}, which is not before it. */
    abstract void move(int from, int to);

    /**
     * Says that {@code row} has no value.
     *
     * @param next how many values come before it
     */
    abstract void clear(int row, int next);

    abstract Column finish(DataType type, int rows, Validity validity);
}
