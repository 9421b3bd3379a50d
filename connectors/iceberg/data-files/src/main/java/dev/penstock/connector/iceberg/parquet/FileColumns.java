package dev.penstock.connector.iceberg.parquet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/** The columns of a file: those that have values, in the order that they are stored in. */
final class FileColumns {
    private final MessageType type;
    private final Map<ColumnDescriptor, LeafWriter> leaves = new LinkedHashMap<>();

    FileColumns(Schema schema, WriteSettings settings) {
        this.type = ParquetSchemaUtil.convert(schema, "table");
        for (ColumnDescriptor column : type.getColumns()) {
            leaves.put(column, new LeafWriter(column, name(schema, column), settings));
        }
    }

    private static String name(Schema schema, ColumnDescriptor column) {
        org.apache.parquet.schema.Type.ID id = column.getPrimitiveType().getId();
        String name = id == null ? null : schema.findColumnName(id.intValue());
        return name == null ? String.join(".", column.getPath()) : name;
    }

    /** The columns as Parquet says them. */
    MessageType type() {
        return type;
    }

    List<LeafWriter> leaves() {
        return new ArrayList<>(leaves.values());
    }

    List<ColumnDescriptor> descriptors() {
        return new ArrayList<>(leaves.keySet());
    }

    /** The writer of the column at {@code path}. */
    LeafWriter leaf(List<String> path) {
        return requireNonNull(
                leaves.get(type.getColumnDescription(path.toArray(String[]::new))),
                "no column at a path of the schema");
    }
}
