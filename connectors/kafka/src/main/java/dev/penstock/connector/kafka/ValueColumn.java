package dev.penstock.connector.kafka;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Validity;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Gathers the values of records as a column, in arrays of just the size they need; a tombstone is null. */
final class ValueColumn {
    private final int[] ends;
    private final byte[] data;
    private long @Nullable [] present;
    private int rows;

    /** For the values of {@code records}, which are then added one by one. */
    ValueColumn(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        long bytes = 0;
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
            ByteBuffer value = record.value();
            bytes += value == null ? 0 : value.remaining();
        }
        this.ends = new int[records.size() + 1];
        this.data = new byte[Math.toIntExact(bytes)];
    }

    void add(@Nullable ByteBuffer value) {
        int from = ends[rows];
        int length = 0;
        if (value == null) {
            missing();
        } else {
            length = value.remaining();
            value.get(value.position(), data, from, length);
        }
        rows++;
        ends[rows] = from + length;
    }

    private void missing() {
        long[] words = present;
        if (words == null) {
            int count = ends.length - 1;
            words = new long[Validity.wordCount(count)];
            Arrays.fill(words, -1);
            words[words.length - 1] >>>= -count; // no bits behind the last row
            present = words;
        }
        words[rows >>> 6] &= ~(1L << rows);
    }

    boolean hasNulls() {
        return present != null;
    }

    BytesColumn column() {
        long[] words = present;
        return new BytesColumn(DataType.BYTES, ends, data, words == null ? Validity.ALL : Validity.of(words));
    }
}
