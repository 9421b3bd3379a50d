package dev.penstock.connector.kafka;

import dev.penstock.connector.kafka.SourceSettings.Metadata;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.ListColumnBuilder;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.StructColumnBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What is known of records besides their values, as columns. */
final class MetadataColumns {
    private static final DataType.Struct HEADER =
            DataType.struct(Field.required("key", DataType.STRING), Field.of("value", DataType.BYTES));
    /** Headers in their order: a key may be there more than once. */
    static final DataType HEADERS = DataType.listOf(HEADER);

    private static final long MICROS = 1_000;

    private MetadataColumns() {}

    static Field field(Metadata column) {
        return switch (column) {
            case KEY -> Field.of("kafka_key", DataType.BYTES);
            case HEADERS -> Field.required("kafka_headers", HEADERS);
            case TIMESTAMP -> Field.of("kafka_timestamp", DataType.TIMESTAMP);
            case TOPIC -> Field.required("kafka_topic", DataType.STRING);
            case PARTITION -> Field.required("kafka_partition", DataType.INT32);
            case OFFSET -> Field.required("kafka_offset", DataType.INT64);
        };
    }

    /** A column for each of {@code wanted}, in a list that can grow. */
    static List<Column> of(List<Metadata> wanted, List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        List<Column> columns = new ArrayList<>(wanted.size() + 1);
        for (Metadata column : wanted) {
            ColumnBuilder builder = ColumnBuilder.of(field(column).type(), records.size());
            for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
                append(column, builder, record);
            }
            columns.add(builder.build());
        }
        return columns;
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
}
