package dev.penstock.connector.kafka;

import dev.penstock.spi.Payload;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.StructColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Makes records of the rows of one batch. */
final class RowColumns {
    private static final long MICROS = 1_000;
    private static final long NANOS = 1_000_000;
    /** What a header takes besides its name and value, at most. */
    private static final int HEADER_OVERHEAD = 10;

    private final RecordBatch batch;
    private final WriteMode mode;
    private final Optional<String> topic;
    private final BytesColumn values;
    private final @Nullable BytesColumn topics;
    private final RecordKeys keys;
    private final @Nullable ListColumn headers;
    private final @Nullable LongColumn timestamps;
    private final @Nullable IntColumn partitions;

    RowColumns(RecordBatch batch, SinkSettings.Columns columns, WriteMode mode) {
        this.batch = batch;
        this.mode = mode;
        this.topic = columns.topic();
        this.values = (BytesColumn) batch.column(Payload.COLUMN);
        this.topics = (BytesColumn) column(columns.topicColumn());
        this.keys = new RecordKeys(batch, KeyColumns.of(columns, mode));
        this.headers = (ListColumn) column(columns.headers());
        this.timestamps = (LongColumn) column(columns.timestamp());
        this.partitions = (IntColumn) column(columns.partition());
    }

    private @Nullable Column column(Optional<String> name) {
        return name.map(batch::column).orElse(null);
    }

    /** Why {@code row} can never be a record, whatever the topic; empty if it can. */
    Optional<String> reason(int row) {
        Operation operation = batch.operation(row);
        boolean upsert = mode.kind() == WriteMode.Kind.UPSERT;
        if (!upsert && (operation == Operation.UPDATE || operation == Operation.DELETE)) {
            return Optional.of("it is " + (operation == Operation.DELETE ? "a delete" : "an update")
                    + ", which needs mode: upsert and a key");
        }
        if (upsert && keys.isIncomplete(row)) {
            return Optional.of("its key is null");
        }
        if (topics != null && (topics.isNull(row) || !SinkSettings.isTopic(topics.string(row)))) {
            return Optional.of(topics.isNull(row) ? "its topic is null" : "its topic is not a name for topics");
        }
        if (operation != Operation.DELETE && values.isNull(row)) {
            return Optional.of("its record is null; a delete must be marked as one");
        }
        return timestamps != null && !timestamps.isNull(row) && timestamps.get(row) < 0
                ? Optional.of("its timestamp is before 1970")
                : Optional.empty();
    }

    String topic(int row) {
        return topics == null ? topic.orElseThrow() : topics.string(row);
    }

    @Nullable Integer partition(int row) {
        return partitions == null || partitions.isNull(row) ? null : partitions.get(row);
    }

    /** The record of a row that has no {@link #reason} against it, with its {@link #key}. */
    ProducerRecord<byte[], byte @Nullable []> record(int row, byte @Nullable [] key) {
        return new ProducerRecord<>(
                topic(row),
                partition(row),
                timestamp(row),
                key,
                isTombstone(row) ? null : values.bytes(row),
                headers(row));
    }

    /** Whether the record of {@code row} has no value. */
    boolean isTombstone(int row) {
        return batch.operation(row) == Operation.DELETE;
    }

    BytesColumn values() {
        return values;
    }

    @Nullable Long timestamp(int row) {
        if (timestamps == null || timestamps.isNull(row)) {
            return null;
        }
        boolean nanos =
                timestamps.type() instanceof DataType.Timestamp type && type.precision() == DataType.Precision.NANOS;
        return timestamps.get(row) / (nanos ? NANOS : MICROS);
    }

    byte @Nullable [] key(int row) {
        return keys.key(row);
    }

    /** The column of headers, if {@code row} has any. */
    @Nullable ListColumn headersOf(int row) {
        return headers == null || headers.isNull(row) ? null : headers;
    }

    /** How large the record of {@code row} is at most, but for its key and what every record takes. */
    long sizeBesideKey(int row) {
        long size = isTombstone(row) ? 0 : values.length(row);
        ListColumn found = headersOf(row);
        if (found == null) {
            return size;
        }
        StructColumn entries = (StructColumn) found.elements();
        BytesColumn names = (BytesColumn) entries.fields().get(0);
        BytesColumn contents = (BytesColumn) entries.fields().get(1);
        for (int entry = found.offsets()[row]; entry < found.offsets()[row + 1]; entry++) {
            size += 3L * names.length(entry) + HEADER_OVERHEAD + contents.length(entry);
        }
        return size;
    }

    private List<Header> headers(int row) {
        if (headers == null || headers.isNull(row)) {
            return List.of();
        }
        StructColumn entries = (StructColumn) headers.elements();
        BytesColumn names = (BytesColumn) entries.fields().get(0);
        BytesColumn contents = (BytesColumn) entries.fields().get(1);
        List<Header> found = new ArrayList<>();
        for (int entry = headers.offsets()[row]; entry < headers.offsets()[row + 1]; entry++) {
            found.add(new RecordHeader(names.string(entry), contents.isNull(entry) ? null : contents.bytes(entry)));
        }
        return found;
    }
}
