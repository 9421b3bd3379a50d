package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.schema.RowTypes;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.formats.ReadBuilder;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.util.PartitionUtil;
import org.jspecify.annotations.Nullable;

/** Reads what a data file has of a table's rows, without those that are deleted. */
final class TaskRows {
    private static final int BATCH_ROWS = 4_096;

    private final Table table;
    private final Schema columns;

    TaskRows(Table table, Schema columns) {
        this.table = table;
        this.columns = columns;
    }

    void read(FileScanTask task, Consumer<RecordBatch> use) {
        BatchBuilder rows = new BatchBuilder(RowTypes.columns(columns), BATCH_ROWS);
        try (CloseableIterable<Record> records = records(task)) {
            for (Record record : records) {
                append(record, rows);
                if (rows.rowCount() == BATCH_ROWS) {
                    use.accept(rows.build());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read '" + task.file().location() + "'", e);
        }
        if (rows.rowCount() > 0) {
            use.accept(rows.build());
        }
    }

    private CloseableIterable<Record> records(FileScanTask task) {
        GenericDeleteFilter deletes = new GenericDeleteFilter(table.io(), task, table.schema(), columns);
        ReadBuilder<Record, Object> builder = FormatModelRegistry.readBuilder(
                task.file().format(),
                Record.class,
                table.io().newInputFile(task.file().location()));
        builder.project(deletes.requiredSchema())
                .idToConstant(PartitionUtil.constantsMap(task, IdentityPartitionConverters::convertConstant));
        String names = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
        if (names != null) {
            builder.withNameMapping(NameMappingParser.fromJson(names));
        }
        return deletes.filter(builder.build());
    }

    /** The columns that are wanted come first in a record; what deletes need comes behind them. */
    private static void append(Record record, BatchBuilder rows) {
        for (int i = 0; i < rows.schema().size(); i++) {
            rows.column(i)
                    .appendValue(value(record.get(i), rows.schema().field(i).type()));
        }
        rows.endRow();
    }

    private static @Nullable Object value(@Nullable Object value, DataType type) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return Bytes.copyOf(copy);
        }
        if (value instanceof byte[] bytes) {
            return Bytes.copyOf(bytes);
        }
        if (value instanceof List<?> list && type instanceof DataType.ListOf of) {
            return list(list, of);
        }
        if (value instanceof Map<?, ?> map && type instanceof DataType.MapOf of) {
            return map(map, of);
        }
        return value instanceof Record record && type instanceof DataType.Struct struct ? row(record, struct) : value;
    }

    private static List<@Nullable Object> list(List<?> list, DataType.ListOf type) {
        ArrayList<@Nullable Object> values = new ArrayList<>(list.size());
        list.forEach(element -> values.add(value(element, type.element())));
        return values;
    }

    private static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> map, DataType.MapOf type) {
        Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((key, element) -> values.put(value(key, type.key()), value(element, type.value())));
        return values;
    }

    private static Row row(Record record, DataType.Struct type) {
        @Nullable Object[] values = new Object[type.fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(record.get(i), type.fields().get(i).type());
        }
        return Row.of(new dev.penstock.spi.data.Schema(type.fields()), values);
    }
}
