package dev.penstock.connector.kafka.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.Payload;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Records with values, keys, headers and times that connectors get wrong, and the rows they must be. A record is bytes;
 * what they mean is the decoder's.
 */
final class TypeRecords {
    private static final DataType.Struct HEADER =
            DataType.struct(Field.required("key", DataType.STRING), Field.of("value", DataType.BYTES));
    private static final Schema SCHEMA = Schema.of(
            Field.of(Payload.COLUMN, DataType.BYTES),
            Field.of("kafka_key", DataType.BYTES),
            Field.required("kafka_headers", DataType.listOf(HEADER)),
            Field.of("kafka_timestamp", DataType.TIMESTAMP),
            Field.required("kafka_topic", DataType.STRING),
            Field.required("kafka_partition", DataType.INT32),
            Field.required("kafka_offset", DataType.INT64));
    private static final List<Instant> TIMES = List.of(
            Instant.EPOCH,
            Instant.ofEpochMilli(1),
            Instant.parse("2026-03-29T01:30:00.123Z"),
            Instant.parse("9999-12-31T23:59:59.999Z"),
            Instant.ofEpochMilli(Long.MAX_VALUE / 1000));

    private final String topic;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    TypeRecords(String topic) {
        this.topic = topic;
        byte[] text = "\uD834\uDD1E and \u0130\u0131Ii\t\u0000".getBytes(UTF_8);
        add(new byte[0], new byte[0]);
        add(null, " ".getBytes(UTF_8));
        add(text, text, "", null);
        add(everyByte(), everyByte(), "twice", new byte[0], "twice", everyByte());
        add(null, "x".repeat(1 << 20).getBytes(UTF_8), "\u0130\u0131Ii", text);
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int value = 0; value < bytes.length; value++) {
            bytes[value] = (byte) value;
        }
        return bytes;
    }

    private void add(byte @Nullable [] key, byte[] value, @Nullable Object... headers) {
        int offset = records.size();
        Instant time = TIMES.get(offset);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, time.toEpochMilli(), key, value);
        List<Row> expected = new ArrayList<>();
        for (int header = 0; header < headers.length; header += 2) {
            expected.add(header(record.headers(), (String) headers[header], (byte[]) headers[header + 1]));
        }
        records.add(record);
        rows.add(Row.of(SCHEMA, bytes(value), bytes(key), expected, time, topic, 0, (long) offset));
    }

    private static Row header(Headers headers, @Nullable String key, byte @Nullable [] value) {
        headers.add(key, value);
        return Row.of(HEADER.schema(), key, bytes(value));
    }

    private static @Nullable Bytes bytes(byte @Nullable [] bytes) {
        return bytes == null ? null : Bytes.copyOf(bytes);
    }

    List<ProducerRecord<byte[], byte[]>> records() {
        return records;
    }

    List<Row> rows() {
        return rows;
    }
}
