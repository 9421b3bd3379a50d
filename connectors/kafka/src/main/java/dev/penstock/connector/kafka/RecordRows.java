package dev.penstock.connector.kafka;

import dev.penstock.connector.kafka.SourceSettings.Metadata;
import dev.penstock.connector.kafka.SourceSettings.Tombstones;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.ListColumnBuilder;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.StructColumnBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Collects records of one partition as rows: the value, its event time, and what else of it is asked for. */
final class RecordRows {
    private static final DataType.Struct HEADER =
            DataType.struct(Field.required("key", DataType.STRING), Field.of("value", DataType.BYTES));
    /** Headers in their order: a key may be there more than once. */
    static final DataType HEADERS = DataType.listOf(HEADER);

    private static final long MICROS = 1_000;
    /** The last time in milliseconds that microseconds can hold. */
    private static final long LAST_TIME = Long.MAX_VALUE / MICROS;

    private final String partition;
    private final List<Metadata> metadata;
    private final boolean deletes;
    private final BatchBuilder rows;
    private final BytesColumnBuilder values;
    private final List<BadRow> bad = new ArrayList<>(0);
    private final boolean showsTime;
    private long[] offsets = new long[64];
    private long[] times = new long[64];
    private long bytes;

    RecordRows(String partition, SourceSettings settings) {
        this.partition = partition;
        this.metadata = settings.metadata();
        this.deletes = settings.tombstones() == Tombstones.DELETE;
        this.showsTime = metadata.contains(Metadata.TIMESTAMP);
        this.rows = new BatchBuilder(schema(settings));
        this.values = (BytesColumnBuilder) rows.column(metadata.size());
    }

    /** The columns of rows: what was asked for, then the value. */
    static Schema schema(SourceSettings settings) {
        List<Field> fields = new ArrayList<>();
        settings.metadata().forEach(column -> fields.add(field(column)));
        fields.add(
                settings.tombstones() == Tombstones.DELETE ? Field.of(Payload.COLUMN, DataType.BYTES) : Payload.FIELD);
        return new Schema(fields);
    }

    private static Field field(Metadata column) {
        return switch (column) {
            case KEY -> Field.of("kafka_key", DataType.BYTES);
            case HEADERS -> Field.required("kafka_headers", HEADERS);
            case TIMESTAMP -> Field.of("kafka_timestamp", DataType.TIMESTAMP);
            case TOPIC -> Field.required("kafka_topic", DataType.STRING);
            case PARTITION -> Field.required("kafka_partition", DataType.INT32);
            case OFFSET -> Field.required("kafka_offset", DataType.INT64);
        };
    }

    /** The rows so far, bad ones too. */
    int count() {
        return rows.rowCount() + bad.size();
    }

    /** The bytes of the rows so far, roughly. */
    long bytes() {
        return bytes;
    }

    /** What {@code record} adds to {@link #bytes}. */
    long bytesOf(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        long key = metadata.isEmpty() ? 0 : Math.max(0, record.serializedKeySize());
        return Math.max(0, record.serializedValueSize()) + key + Integer.BYTES + 2L * Long.BYTES;
    }

    void add(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        ByteBuffer value = record.value();
        if (value == null && !deletes) {
            return;
        }
        bytes += bytesOf(record);
        boolean hasTime = record.timestamp() >= 0 && record.timestamp() <= LAST_TIME;
        if (showsTime && record.timestamp() > LAST_TIME) {
            addBad(record);
            return;
        }
        int row = rows.rowCount();
        if (row == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * row);
            times = Arrays.copyOf(times, 2 * row);
        }
        offsets[row] = record.offset();
        times[row] = hasTime ? record.timestamp() * MICROS : RecordBatch.NO_EVENT_TIME;
        for (int column = 0; column < metadata.size(); column++) {
            append(metadata.get(column), rows.column(column), record);
        }
        append(values, value);
        rows.endRow(value == null ? Operation.DELETE : Operation.INSERT);
    }

    private void addBad(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        ByteBuffer value = record.value() == null ? ByteBuffer.allocate(0) : record.value();
        byte[] kept = new byte[Math.min(value.remaining(), BadRow.MAX_BYTES)];
        value.duplicate().get(kept);
        bad.add(new BadRow(
                partition,
                "offset " + record.offset(),
                Bytes.copyOf(kept),
                "its timestamp, " + record.timestamp() + " ms, is later than a timestamp of microseconds can be"));
    }

    private static void append(Metadata column, ColumnBuilder builder, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        switch (column) {
            case KEY -> append((BytesColumnBuilder) builder, record.key());
            case HEADERS -> append((ListColumnBuilder) builder, record.headers().toArray());
            case TIMESTAMP -> {
                if (record.timestamp() < 0) {
                    builder.appendNull();
                } else {
                    ((LongColumnBuilder) builder).append(record.timestamp() * MICROS);
                }
            }
            case TOPIC -> ((BytesColumnBuilder) builder).append(record.topic());
            case PARTITION -> ((IntColumnBuilder) builder).append(record.partition());
            case OFFSET -> ((LongColumnBuilder) builder).append(record.offset());
        }
    }

    private static void append(BytesColumnBuilder builder, @Nullable ByteBuffer value) {
        if (value == null) {
            builder.appendNull();
        } else {
            builder.append(value.array(), value.arrayOffset() + value.position(), value.remaining());
        }
    }

    private static void append(ListColumnBuilder builder, Header[] headers) {
        StructColumnBuilder header = (StructColumnBuilder) builder.elements();
        for (Header each : headers) {
            ((BytesColumnBuilder) header.field(0)).append(each.key());
            byte @Nullable [] value = each.value();
            if (value == null) {
                header.field(1).appendNull();
            } else {
                ((BytesColumnBuilder) header.field(1)).append(value, 0, value.length);
            }
            header.endStruct();
        }
        builder.endList();
    }

    /** The rows so far, up to {@code after}; nothing is left afterwards. */
    Poll.Rows build(ResumeState after) {
        int count = rows.rowCount();
        RecordBatch batch = rows.build()
                .withEventTimes(Arrays.copyOf(times, count))
                .withOrigin(new RecordOrigin(partition, Arrays.copyOf(offsets, count)));
        List<BadRow> found = List.copyOf(bad);
        bytes = 0;
        bad.clear();
        return new Poll.Rows(batch, after, found);
    }
}
