package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Numbers of four bytes: whole ones, or floats by their bits. */
final class IntEncoder extends PagedEncoder {
    private final @Nullable LongDictionary dictionary;
    private final @Nullable FloatBounds floats;
    private int[] scratch = new int[0];
    private boolean any;
    private int least = Integer.MAX_VALUE;
    private int greatest = Integer.MIN_VALUE;

    IntEncoder(boolean floating, boolean withDictionary, long dictionaryBound) {
        this(floating, withDictionary ? new LongDictionary(Integer.BYTES) : null, dictionaryBound);
    }

    private IntEncoder(boolean floating, @Nullable LongDictionary dictionary, long dictionaryBound) {
        super(new PageValues(dictionary, dictionaryBound));
        this.dictionary = dictionary;
        this.floats = floating ? new FloatBounds() : null;
    }

    @Override
    public void write(Column column, int[] positions, int from, int to) {
        int count = to - from;
        int[] values = gather(column, positions, from, count);
        if (page.open() && dictionary != null) {
            int[] ids = page.ids(count);
            int at = page.idCount();
            for (int i = 0; i < count; i++) {
                ids[at + i] = dictionary.add(values[i]);
            }
        } else {
            page.plain().putInts(values, count);
        }
        page.added(count, (long) count * Integer.BYTES);
    }

    private int[] gather(Column column, int[] positions, int from, int count) {
        int[] values = scratch.length >= count ? scratch : new int[count];
        scratch = values;
        if (floats != null) {
            float[] source = ((FloatColumn) column).values();
            for (int i = 0; i < count; i++) {
                float value = source[positions[from + i]];
                floats.add(value);
                values[i] = Float.floatToRawIntBits(value);
            }
            return values;
        }
        int[] source = ((IntColumn) column).values();
        for (int i = 0; i < count; i++) {
            int value = source[positions[from + i]];
            values[i] = value;
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        any |= count > 0;
        return values;
    }

    @Override
    public long memory() {
        return super.memory() + 4L * scratch.length;
    }

    @Override
    public void bounds(Statistics<?> statistics) {
        if (floats != null) {
            floats.page(value -> statistics.updateStats((float) value));
        } else if (any) {
            statistics.updateStats(least);
            statistics.updateStats(greatest);
        }
        any = false;
        least = Integer.MAX_VALUE;
        greatest = Integer.MIN_VALUE;
    }

    @Override
    public Stream<FieldMetrics<?>> metrics(int fieldId, long nulls) {
        return floats == null
                ? Stream.empty()
                : Stream.of(floats.metrics(fieldId, nulls, Types.FloatType.get(), value -> (float) value));
    }
}
