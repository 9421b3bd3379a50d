package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.BytesColumn;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Values of records side by side in one column. */
class ValueColumnTest {
    private static final byte[] FETCHED = "zero one two three".getBytes(UTF_8);

    @Test
    void keepsValuesThatLieAnywhereInWhatWasFetched() {
        BytesColumn column = column(List.of(record(5, 3), record(0, 4), record(4, 0), record(13, 5)));
        assertThat(column.validity().allValid()).isTrue();
        assertThat(IntStream.range(0, 4).mapToObj(column::string)).containsExactly("one", "zero", "", "three");
        assertThat(column.data()).hasSize(12);
    }

    @Test
    void aRecordWithoutValueIsNullAndItsNeighboursAreNot() {
        for (int count : new int[] {1, 63, 64, 65, 128, 200}) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = IntStream.range(0, count)
                    .mapToObj(row -> row % 3 == count % 3 ? tombstone() : record(row % 9, row % 5))
                    .toList();
            BytesColumn column = column(records);
            for (int row = 0; row < count; row++) {
                boolean isNull = row % 3 == count % 3;
                assertThat(column.isNull(row)).as("row %d of %d", row, count).isEqualTo(isNull);
                assertThat(column.string(row)).isEqualTo(isNull ? "" : new String(FETCHED, row % 9, row % 5, UTF_8));
            }
        }
    }

    private static BytesColumn column(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        ValueColumn values = new ValueColumn(records);
        records.forEach(record -> values.add(record.value()));
        return values.column();
    }

    private static ConsumerRecord<ByteBuffer, ByteBuffer> record(int from, int length) {
        return new ConsumerRecord<>(
                "topic", 0, 0, ByteBuffer.allocate(0), ByteBuffer.wrap(FETCHED).slice(from, length));
    }

    /** As the client gives it. */
    private static ConsumerRecord<ByteBuffer, ByteBuffer> tombstone() {
        return new ConsumerRecord<>("topic", 0, 0, ByteBuffer.allocate(0), null);
    }
}
