package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.LongColumn;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Numbers of eight bytes: whole ones, or doubles by their bits. */
final class LongEncoder extends PagedEncoder {
    private final @Nullable LongDictionary dictionary;
    private final @Nullable FloatBounds doubles;
    private long[] scratch = new long[0];
    private boolean any;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;

    LongEncoder(boolean floating, boolean withDictionary, long dictionaryBound) {
        this(floating, withDictionary ? new LongDictionary(Long.BYTES) : null, dictionaryBound);
    }

    private LongEncoder(boolean floating, @Nullable LongDictionary dictionary, long dictionaryBound) {
        super(new PageValues(dictionary, dictionaryBound));
        this.dictionary = dictionary;
        this.doubles = floating ? new FloatBounds() : null;
    }

    @Override
    public void write(Column column, int[] positions, int from, int to) {
        int count = to - from;
        long[] values = gather(column, positions, from, count);
        if (page.open() && dictionary != null) {
            int[] ids = page.ids(count);
            int at = page.idCount();
            for (int i = 0; i < count; i++) {
                ids[at + i] = dictionary.add(values[i]);
            }
        } else {
            page.plain().putLongs(values, count);
        }
        page.added(count, (long) count * Long.BYTES);
    }

    private long[] gather(Column column, int[] positions, int from, int count) {
        long[] values = scratch.length >= count ? scratch : new long[count];
        scratch = values;
        if (doubles != null) {
            double[] source = ((DoubleColumn) column).values();
            for (int i = 0; i < count; i++) {
                double value = source[positions[from + i]];
                doubles.add(value);
                values[i] = Double.doubleToRawLongBits(value);
            }
            return values;
        }
        long[] source = ((LongColumn) column).values();
        for (int i = 0; i < count; i++) {
            long value = source[positions[from + i]];
            values[i] = value;
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        any |= count > 0;
        return values;
    }

    @Override
    public long memory() {
        return super.memory() + 8L * scratch.length;
    }

    @Override
    public void bounds(Statistics<?> statistics) {
        if (doubles != null) {
            doubles.page(statistics::updateStats);
        } else if (any) {
            statistics.updateStats(least);
            statistics.updateStats(greatest);
        }
        any = false;
        least = Long.MAX_VALUE;
        greatest = Long.MIN_VALUE;
    }

    @Override
    public Stream<FieldMetrics<?>> metrics(int fieldId, long nulls) {
        return doubles == null
                ? Stream.empty()
                : Stream.of(doubles.metrics(fieldId, nulls, Types.DoubleType.get(), value -> value));
    }
}
