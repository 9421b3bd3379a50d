package dev.penstock.connector.kafka;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.StructColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** How a record stands in a file between the end of its epoch and its commit; columns are written without a detour. */
final class SpoolRecord {
    private static final int NONE = -1;

    private SpoolRecord() {}

    /** Writes {@code row}, against which nothing speaks, with {@code key}. */
    static void write(RowColumns rows, int row, byte @Nullable [] key, SpoolOutput out) throws IOException {
        out.writeName(rows.topic(row));
        Integer partition = rows.partition(row);
        out.writeInt(partition == null ? NONE : partition);
        Long timestamp = rows.timestamp(row);
        out.writeLong(timestamp == null ? NONE : timestamp);
        out.writeInt(key == null ? NONE : key.length);
        if (key != null) {
            out.write(key, 0, key.length);
        }
        if (rows.isTombstone(row)) {
            out.writeInt(NONE);
        } else {
            write(rows.values(), row, out);
        }
        writeHeaders(rows.headersOf(row), row, out);
        out.endRecord();
    }

    private static void write(BytesColumn column, int row, SpoolOutput out) {
        out.writeInt(column.length(row));
        out.write(column.data(), column.start(row), column.length(row));
    }

    private static void writeHeaders(@Nullable ListColumn headers, int row, SpoolOutput out) {
        if (headers == null) {
            out.writeInt(0);
            return;
        }
        StructColumn entries = (StructColumn) headers.elements();
        BytesColumn names = (BytesColumn) entries.fields().get(0);
        BytesColumn contents = (BytesColumn) entries.fields().get(1);
        int end = headers.offsets()[row + 1];
        out.writeInt(end - headers.offsets()[row]);
        for (int entry = headers.offsets()[row]; entry < end; entry++) {
            write(names, entry, out);
            if (contents.isNull(entry)) {
                out.writeInt(NONE);
            } else {
                write(contents, entry, out);
            }
        }
    }

    static ProducerRecord<byte[], byte @Nullable []> read(SpoolInput in) throws IOException {
        String topic = in.readName(in.readInt());
        int partition = in.readInt();
        long timestamp = in.readLong();
        byte[] key = bytes(in);
        byte[] value = bytes(in);
        return new ProducerRecord<>(
                topic,
                partition == NONE ? null : partition,
                timestamp == NONE ? null : timestamp,
                key,
                value,
                headers(in));
    }

    private static List<Header> headers(SpoolInput in) throws IOException {
        int count = in.readInt();
        if (count == 0) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>();
        for (int header = 0; header < count; header++) {
            headers.add(new RecordHeader(in.readName(in.readInt()), bytes(in)));
        }
        return headers;
    }

    private static byte @Nullable [] bytes(SpoolInput in) throws IOException {
        int length = in.readInt();
        return length == NONE ? null : in.read(length);
    }
}
