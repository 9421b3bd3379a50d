package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Types;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Numbers of four bytes: whole ones, or floats by their bits. */
final class IntEncoder implements ValueEncoder {
    private final @Nullable LongDictionary dictionary;
    private final PageValues page;
    private final @Nullable FloatBounds floats;
    private int[] scratch = new int[0];
    private boolean any;
    private int least = Integer.MAX_VALUE;
    private int greatest = Integer.MIN_VALUE;

    IntEncoder(boolean floating, boolean withDictionary, long dictionaryBound) {
        this.dictionary = withDictionary ? new LongDictionary(Integer.BYTES) : null;
        this.page = new PageValues(dictionary, dictionaryBound);
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
    public long rawBytes() {
        return page.rawBytes();
    }

    @Override
    public long textBytes() {
        return 0;
    }

    @Override
    public long memory() {
        return page.memory() + 4L * scratch.length;
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
    public BytesInput finishPage() throws IOException {
        return page.finishPage();
    }

    @Override
    public Encoding encoding() {
        return page.encoding();
    }

    @Override
    public @Nullable DictionaryPage finishRowGroup() {
        return page.finishRowGroup();
    }

    @Override
    public Stream<FieldMetrics<?>> metrics(int fieldId, long nulls) {
        if (floats == null) {
            return Stream.empty();
        }
        boolean bounded = floats.bounded();
        return Stream.of(new FieldMetrics<>(
                fieldId,
                floats.count() + nulls,
                nulls,
                floats.notNumbers(),
                bounded ? (Float) (float) floats.least() : null,
                bounded ? (Float) (float) floats.greatest() : null,
                Types.FloatType.get()));
    }
}
