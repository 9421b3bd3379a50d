package dev.penstock.connector.iceberg.conformance;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Rows as Iceberg's generic readers and writers have them. */
public final class GenericRecords {
    private GenericRecords() {}

    /** Records of {@code table}, from columns of the same names. */
    public static List<Record> of(org.apache.iceberg.Schema table, List<Row> rows) {
        return rows.stream().map(row -> record(table.asStruct(), row)).toList();
    }

    private static Record record(Types.StructType type, Row row) {
        GenericRecord record = GenericRecord.create(type);
        for (NestedField field : type.fields()) {
            record.setField(field.name(), generic(field.type(), row.get(field.name())));
        }
        return record;
    }

    private static @Nullable Object generic(Type type, @Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        } else if (value instanceof Bytes bytes) {
            return ByteBuffer.wrap(bytes.toArray());
        } else if (value instanceof float[] vector) {
            return floats(vector);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(generic(type.asListType().elementType(), element)));
            return elements;
        } else if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, held) -> entries.put(key, generic(type.asMapType().valueType(), held)));
            return entries;
        }
        return value instanceof Row row ? record(type.asStructType(), row) : value;
    }

    /** The same values in rows of {@code schema}, whose types hold what theirs do. */
    public static List<Row> as(Schema schema, List<Row> rows) {
        List<Row> converted = new ArrayList<>();
        for (Row row : rows) {
            @Nullable Object[] values = new Object[schema.size()];
            for (int i = 0; i < values.length; i++) {
                Object value = row.get(i);
                values[i] = value instanceof float[] vector ? floats(vector) : value;
            }
            converted.add(Row.of(schema, values));
        }
        return converted;
    }

    private static List<Float> floats(float[] vector) {
        List<Float> floats = new ArrayList<>();
        for (float each : vector) {
            floats.add(each);
        }
        return floats;
    }
}
