package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Rows as Iceberg's generic readers and writers have them. */
final class GenericRows {
    private GenericRows() {}

    static List<Record> of(Schema table, RecordBatch batch) {
        List<Record> records = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            GenericRecord one = GenericRecord.create(table);
            for (int i = 0; i < batch.schema().size(); i++) {
                String name = batch.schema().field(i).name();
                one.setField(name, generic(table.findType(name), batch.column(i).value(row)));
            }
            records.add(one);
        }
        return records;
    }

    static List<Record> read(Schema table, InputFile file) throws IOException {
        try (CloseableIterable<Record> rows = Parquet.read(file)
                .project(table)
                .createReaderFunc(type -> GenericParquetReaders.buildReader(table, type))
                .build()) {
            List<Record> all = new ArrayList<>();
            rows.forEach(all::add);
            return all;
        }
    }

    private static @Nullable Object generic(Type type, @Nullable Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        } else if (value instanceof Bytes bytes) {
            return ByteBuffer.wrap(bytes.toArray());
        } else if (value instanceof float[] vector) {
            List<Object> elements = new ArrayList<>();
            for (float element : vector) {
                elements.add(element);
            }
            return elements;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(generic(type.asListType().elementType(), element)));
            return elements;
        } else if (value instanceof Map<?, ?> map) {
            return entries(type.asMapType(), map);
        } else if (value instanceof Row row) {
            GenericRecord struct = GenericRecord.create(type.asStructType());
            for (Types.NestedField field : type.asStructType().fields()) {
                struct.setField(field.name(), generic(field.type(), row.get(field.name())));
            }
            return struct;
        }
        return value;
    }

    private static Map<@Nullable Object, @Nullable Object> entries(Types.MapType type, Map<?, ?> map) {
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put(generic(type.keyType(), key), generic(type.valueType(), value)));
        return entries;
    }
}
