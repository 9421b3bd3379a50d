package dev.penstock.connector.kafka;

import dev.penstock.connector.kafka.SourceSettings.Metadata;
import dev.penstock.connector.kafka.SourceSettings.Tombstones;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Makes rows of fetched records: the value, its event time, and what else of it is asked for. It is done where records
 * are fetched, while their bytes are near, so that nothing but columns waits for readers. Any thread.
 */
final class RecordRows {
    /** About what a batch of the engine takes: a chunk can then be handed on whole. */
    static final int CHUNK_BYTES = 1 << 20;
    /** What a row takes besides its bytes: where they end, its offset and its time. */
    private static final int ROW_BYTES = Integer.BYTES + 2 * Long.BYTES;

    private static final long MICROS = 1_000;
    /** The last time in milliseconds that microseconds can hold. */
    private static final long LAST_TIME = Long.MAX_VALUE / MICROS;

    private final List<Metadata> metadata;
    private final boolean deletes;
    private final boolean showsTime;
    private final Schema schema;

    RecordRows(SourceSettings settings) {
        this.metadata = settings.metadata();
        this.deletes = settings.tombstones() == Tombstones.DELETE;
        this.showsTime = metadata.contains(Metadata.TIMESTAMP);
        this.schema = schema(settings);
    }

    /** The columns of rows: what was asked for, then the value. */
    static Schema schema(SourceSettings settings) {
        List<Field> fields = new ArrayList<>();
        settings.metadata().forEach(column -> fields.add(MetadataColumns.field(column)));
        fields.add(
                settings.tombstones() == Tombstones.DELETE ? Field.of(Payload.COLUMN, DataType.BYTES) : Payload.FIELD);
        return new Schema(fields);
    }

    /**
     * Hands {@code records} on in chunks that a poll can give whole.
     *
     * @param next where the fetch after this one begins
     */
    void split(
            String partition,
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> records,
            OffsetAndMetadata next,
            Consumer<Chunk> chunks) {
        int from = 0;
        do {
            int to = end(records, from);
            OffsetAndMetadata after = to == records.size() ? next : after(records.get(to - 1));
            chunks.accept(chunk(partition, records.subList(from, to), after));
            from = to;
        } while (from < records.size());
    }

    private static OffsetAndMetadata after(ConsumerRecord<?, ?> last) {
        return new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), "");
    }

    /** A chunk is of one leader, has at most one bad record, at its end, and about as many bytes as a batch. */
    private int end(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, int from) {
        long bytes = 0;
        for (int i = from; i < records.size(); i++) {
            ConsumerRecord<ByteBuffer, ByteBuffer> record = records.get(i);
            bytes += bytes(record);
            boolean fits = bytes <= CHUNK_BYTES
                    && record.leaderEpoch().equals(records.get(from).leaderEpoch());
            if (i > from && !fits) {
                return i;
            }
            if (isBad(record)) {
                return i + 1;
            }
        }
        return records.size();
    }

    private long bytes(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        long key = metadata.isEmpty() ? 0 : Math.max(0, record.serializedKeySize());
        return Math.max(0, record.serializedValueSize()) + key + ROW_BYTES;
    }

    private boolean isBad(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        return showsTime && record.timestamp() > LAST_TIME && isShown(record);
    }

    private boolean isShown(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        return deletes || record.value() != null;
    }

    private Chunk chunk(
            String partition, List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, OffsetAndMetadata next) {
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> shown = shown(records);
        boolean endsBad = !shown.isEmpty() && isBad(shown.get(shown.size() - 1));
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> good = endsBad ? shown.subList(0, shown.size() - 1) : shown;
        long[] offsets = new long[shown.size()];
        RecordBatch rows = rows(good, offsets).withOrigin(new RecordOrigin(partition, offsets));
        Optional<BadRow> bad = Optional.empty();
        if (endsBad) {
            ConsumerRecord<ByteBuffer, ByteBuffer> last = shown.get(good.size());
            offsets[good.size()] = last.offset();
            bad = Optional.of(bad(partition, last));
        }
        return new Chunk(
                rows,
                offsets,
                bad,
                records.isEmpty() ? Optional.empty() : records.get(0).leaderEpoch(),
                next);
    }

    private List<ConsumerRecord<ByteBuffer, ByteBuffer>> shown(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        return deletes ? records : records.stream().filter(this::isShown).toList();
    }

    /** The rows of {@code records}, in one pass over them, which also notes their offsets. */
    private RecordBatch rows(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, long[] offsets) {
        long[] times = new long[records.size()];
        ValueColumn values = new ValueColumn(records);
        int row = 0;
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
            offsets[row] = record.offset();
            long time = record.timestamp();
            times[row] = time >= 0 && time <= LAST_TIME ? time * MICROS : RecordBatch.NO_EVENT_TIME;
            values.add(record.value());
            row++;
        }
        List<Column> columns = MetadataColumns.of(metadata, records);
        columns.add(values.column());
        RecordBatch batch = RecordBatch.of(schema, records.size(), columns).withEventTimes(times);
        return values.hasNulls() ? batch.withOperations(operations(records)) : batch;
    }

    private static byte[] operations(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        byte[] operations = new byte[records.size()];
        for (int row = 0; row < operations.length; row++) {
            operations[row] = (records.get(row).value() == null ? Operation.DELETE : Operation.INSERT).code();
        }
        return operations;
    }

    private static BadRow bad(String partition, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        ByteBuffer value = record.value() == null ? ByteBuffer.allocate(0) : record.value();
        byte[] kept = new byte[Math.min(value.remaining(), BadRow.MAX_BYTES)];
        value.duplicate().get(kept);
        return new BadRow(
                partition,
                "offset " + record.offset(),
                Bytes.copyOf(kept),
                "its timestamp, " + record.timestamp() + " ms, is later than a timestamp of microseconds can be");
    }
}
