package dev.penstock.connector.iceberg.reading;

import dev.penstock.connector.iceberg.schema.RowTypes;
import dev.penstock.spi.DataException;
import dev.penstock.spi.data.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of a table in a file, by ids at every depth: names, order and even types may have changed since it
 * was written. What the file lacks is a constant: of the partition, a default, or null.
 */
final class FileBinding {
    private final MessageType file;
    private final Map<Integer, ?> constants;
    private final Map<List<String>, LeafReader> leaves = new LinkedHashMap<>();

    FileBinding(MessageType file, Map<Integer, ?> constants) {
        this.file = file;
        this.constants = constants;
    }

    List<LeafReader> leaves() {
        return List.copyOf(leaves.values());
    }

    /** One node for each of {@code columns}, in their order. */
    List<ReadNode> bind(List<NestedField> columns) {
        return fields(columns, file, new Above(List.of(), 0, 0, 0));
    }

    /** Where in a file a node is; see {@link ReadNode.Place}. */
    private record Above(List<String> path, int repetition, int surroundings, int level) {
        Above child(org.apache.parquet.schema.Type stored) {
            List<String> longer =
                    Stream.concat(path.stream(), Stream.of(stored.getName())).toList();
            int deeper = stored.isRepetition(org.apache.parquet.schema.Type.Repetition.OPTIONAL) ? 1 : 0;
            return new Above(longer, repetition, surroundings, level + deeper);
        }

        /** Within the elements of a list or map. */
        Above element(org.apache.parquet.schema.Type repeated) {
            return new Above(child(repeated).path, repetition + 1, level + 1, level + 1);
        }

        String name() {
            return String.join(".", path);
        }
    }

    private List<ReadNode> fields(List<NestedField> columns, GroupType stored, Above above) {
        List<ReadNode> nodes = new ArrayList<>();
        for (NestedField column : columns) {
            Optional<org.apache.parquet.schema.Type> found = stored.getFields().stream()
                    .filter(field -> field.getId() != null && field.getId().intValue() == column.fieldId())
                    .findFirst();
            nodes.add(
                    found.isPresent() ? node(column.type(), found.get(), above.child(found.get())) : constant(column));
        }
        return nodes;
    }

    private ReadNode constant(NestedField column) {
        Object value = constants.get(column.fieldId());
        Object stored = value == null ? column.initialDefault() : value;
        if (stored == null && column.isRequired()) {
            throw new DataException("the table requires column '" + column.name() + "', and the file lacks it");
        }
        return new ReadNode.Constant(
                type(column.type()), stored == null ? null : Constants.detached(column.type(), stored));
    }

    private static DataType type(Type type) {
        return RowTypes.type(type).orElseThrow(() -> new DataException("no column of rows holds " + type));
    }

    private ReadNode node(Type type, org.apache.parquet.schema.Type stored, Above above) {
        if (stored.isPrimitive() == type.isNestedType()) {
            throw mismatch(type, stored, above);
        }
        return switch (type.typeId()) {
            case STRUCT -> struct(type.asStructType(), stored.asGroupType(), above);
            case LIST -> list(type.asListType(), stored.asGroupType(), above);
            case MAP -> map(type.asMapType(), stored.asGroupType(), above);
            default -> leaf(type, stored, above);
        };
    }

    private ReadNode struct(Types.StructType type, GroupType stored, Above above) {
        List<ReadNode> fields = fields(type.fields(), stored, above);
        return new ReadNode.Struct((DataType.Struct) type(type), place(above), fields);
    }

    private ReadNode list(Types.ListType type, GroupType stored, Above above) {
        org.apache.parquet.schema.Type repeated = stored.getType(0);
        org.apache.parquet.schema.Type element = ParquetSchemaUtil.determineListElementType(stored);
        Above inside = above.element(repeated);
        // Old files have no group around elements.
        boolean bare = element.isRepetition(org.apache.parquet.schema.Type.Repetition.REPEATED);
        ReadNode elements = node(type.elementType(), element, bare ? inside : inside.child(element));
        return new ReadNode.Listing((DataType.ListOf) type(type), place(above), elements);
    }

    private ReadNode map(Types.MapType type, GroupType stored, Above above) {
        GroupType repeated = stored.getType(0).asGroupType();
        if (repeated.getFieldCount() != 2) {
            throw mismatch(type, stored, above);
        }
        Above inside = above.element(repeated);
        ReadNode keys = node(type.keyType(), repeated.getType(0), inside.child(repeated.getType(0)));
        ReadNode values = node(type.valueType(), repeated.getType(1), inside.child(repeated.getType(1)));
        return new ReadNode.Mapping((DataType.MapOf) type(type), place(above), keys, values);
    }

    private ReadNode leaf(Type type, org.apache.parquet.schema.Type stored, Above above) {
        Supplier<Values> kind =
                StoredKinds.of(type, stored.asPrimitiveType()).orElseThrow(() -> mismatch(type, stored, above));
        LeafReader reader = new LeafReader(descriptor(above.path()), kind);
        leaves.put(above.path(), reader);
        return new ReadNode.Leaf(
                type(type), new ReadNode.Place(reader, above.repetition(), above.surroundings(), above.level()));
    }

    private static DataException mismatch(Type type, org.apache.parquet.schema.Type stored, Above above) {
        return new DataException("column '" + above.name() + "' is " + type + " in the table, and '"
                + stored.toString().strip() + "' in the file");
    }

    private ColumnDescriptor descriptor(List<String> path) {
        return file.getColumnDescription(path.toArray(String[]::new));
    }

    /** The column with the fewest entries below a node knows best which values of it there are. */
    private ReadNode.Place place(Above above) {
        LeafReader levels = leaves.entrySet().stream()
                .filter(leaf -> isBelow(above.path(), leaf.getKey()))
                .map(Map.Entry::getValue)
                .min(Comparator.comparingInt(leaf -> leaf.column().getMaxRepetitionLevel()))
                .orElseGet(() -> levelsOnly(above.path()));
        return new ReadNode.Place(levels, above.repetition(), above.surroundings(), above.level());
    }

    private LeafReader levelsOnly(List<String> path) {
        ColumnDescriptor column = file.getColumns().stream()
                .filter(each -> isBelow(path, List.of(each.getPath())))
                .min(Comparator.comparingInt(ColumnDescriptor::getMaxRepetitionLevel))
                .orElseThrow(() -> new DataException("the file has no values of '" + String.join(".", path) + "'"));
        @Nullable Supplier<Values> none = null;
        LeafReader reader = new LeafReader(column, none);
        leaves.put(List.of(column.getPath()), reader);
        return reader;
    }

    private static boolean isBelow(List<String> path, List<String> leaf) {
        return leaf.size() > path.size() && leaf.subList(0, path.size()).equals(path);
    }
}
