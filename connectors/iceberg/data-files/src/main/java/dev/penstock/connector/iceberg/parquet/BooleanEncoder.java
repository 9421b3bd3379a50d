package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.Column;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Truth values, a bit each. */
final class BooleanEncoder implements ValueEncoder {
    private final ByteSink bits = new ByteSink();
    private int pending;
    private int pendingBits;
    private boolean seenTrue;
    private boolean seenFalse;

    @Override
    public void write(Column column, int[] positions, int from, int to) {
        boolean[] values = ((BooleanColumn) column).values();
        for (int i = from; i < to; i++) {
            append(values[positions[i]]);
        }
    }

    private void append(boolean value) {
        seenTrue |= value;
        seenFalse |= !value;
        pending |= value ? 1 << pendingBits : 0;
        if (++pendingBits == Byte.SIZE) {
            flush();
        }
    }

    private void flush() {
        bits.write(pending);
        pending = 0;
        pendingBits = 0;
    }

    @Override
    public long rawBytes() {
        return bits.size() + 1L;
    }

    @Override
    public long textBytes() {
        return 0;
    }

    @Override
    public long memory() {
        return bits.capacity();
    }

    @Override
    public void bounds(Statistics<?> statistics) {
        if (seenTrue || seenFalse) {
            statistics.updateStats(!seenFalse);
            statistics.updateStats(seenTrue);
        }
        seenTrue = false;
        seenFalse = false;
    }

    @Override
    public BytesInput finishPage() {
        if (pendingBits > 0) {
            flush();
        }
        BytesInput page = bits.copy();
        bits.clear();
        return page;
    }

    @Override
    public Encoding encoding() {
        return Encoding.PLAIN;
    }

    @Override
    public @Nullable DictionaryPage finishRowGroup() {
        return null;
    }
}
