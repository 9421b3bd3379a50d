package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** How a record stands in a file between the end of its epoch and its commit. */
final class SpoolRecord {
    private static final int NONE = -1;

    private SpoolRecord() {}

    static void write(ProducerRecord<byte[], byte @Nullable []> record, SpoolOutput out) throws IOException {
        bytes(record.topic().getBytes(UTF_8), out);
        Integer partition = record.partition();
        out.writeInt(partition == null ? NONE : partition);
        Long timestamp = record.timestamp();
        out.writeLong(timestamp == null ? NONE : timestamp);
        bytes(record.key(), out);
        bytes(record.value(), out);
        Header[] headers = record.headers().toArray();
        out.writeInt(headers.length);
        for (Header header : headers) {
            bytes(header.key().getBytes(UTF_8), out);
            bytes(header.value(), out);
        }
        out.endRecord();
    }

    private static void bytes(byte @Nullable [] bytes, SpoolOutput out) {
        out.writeInt(bytes == null ? NONE : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    static ProducerRecord<byte[], byte @Nullable []> read(SpoolInput in) throws IOException {
        String topic = text(in);
        int partition = in.readInt();
        long timestamp = in.readLong();
        byte[] key = bytes(in);
        byte[] value = bytes(in);
        int count = in.readInt();
        List<Header> headers = new ArrayList<>(count);
        for (int header = 0; header < count; header++) {
            headers.add(new RecordHeader(text(in), bytes(in)));
        }
        return new ProducerRecord<>(
                topic, partition == NONE ? null : partition, timestamp == NONE ? null : timestamp, key, value, headers);
    }

    private static String text(SpoolInput in) throws IOException {
        int length = in.readInt();
        if (length == NONE) {
            throw new IOException("a name is missing");
        }
        return in.readName(length);
    }

    private static byte @Nullable [] bytes(SpoolInput in) throws IOException {
        int length = in.readInt();
        return length == NONE ? null : in.read(length);
    }
}
