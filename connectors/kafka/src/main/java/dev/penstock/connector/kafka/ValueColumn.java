package dev.penstock.connector.kafka;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Validity;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The values of records as a column, in arrays of just the size they need; a tombstone is null. */
record ValueColumn(BytesColumn column) {
    static ValueColumn of(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        int rows = records.size();
        int[] ends = new int[rows + 1];
        boolean nulls = false;
        for (int row = 0; row < rows; row++) {
            ByteBuffer value = records.get(row).value();
            nulls |= value == null;
            ends[row + 1] = Math.addExact(ends[row], value == null ? 0 : value.remaining());
        }
        byte[] data = new byte[ends[rows]];
        for (int row = 0; row < rows; row++) {
            ByteBuffer value = records.get(row).value();
            if (value != null) {
                value.get(value.position(), data, ends[row], value.remaining());
            }
        }
        return new ValueColumn(new BytesColumn(DataType.BYTES, ends, data, nulls ? present(records) : Validity.ALL));
    }

    private static Validity present(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        long[] words = new long[Validity.wordCount(records.size())];
        for (int row = 0; row < records.size(); row++) {
            if (records.get(row).value() != null) {
                words[row >>> 6] |= 1L << row;
            }
        }
        return Validity.of(words);
    }

    boolean hasNulls() {
        return !column.validity().allValid();
    }
}
