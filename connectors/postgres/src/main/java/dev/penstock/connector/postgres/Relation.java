package dev.penstock.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as the stream describes it: as it was when the changes that follow were made.
 *
 * @param id what changes call it by
 * @param identity what the rows before are known of: 'd' the primary key, 'n' nothing, 'f' all, 'i' an index
 */
record Relation(int id, TableName name, char identity, List<Column> columns) {
    Relation {
        columns = List.copyOf(columns);
    }

    /**
     * A column of it.
     *
     * @param identifies whether it is part of what rows before are known by
     */
    record Column(String name, int type, int modifier, boolean identifies) {}

    /** The relation that {@code message} describes, whose kind was read. */
    static Relation read(ReplicationMessage message) {
        int id = message.int32();
        String schema = message.text();
        String name = message.text();
        char identity = (char) message.int8();
        int count = message.int16();
        List<Column> columns = new ArrayList<>(count);
        for (int column = 0; column < count; column++) {
            boolean identifies = (message.int8() & 1) != 0;
            columns.add(new Column(message.text(), message.int32(), message.int32(), identifies));
        }
        // The namespace of the system's own tables is left out.
        return new Relation(id, new TableName(schema.isEmpty() ? "pg_catalog" : schema, name), identity, columns);
    }

    /** Whether the columns have the same names and types. */
    boolean hasColumnsOf(Relation other) {
        if (columns.size() != other.columns.size()) {
            return false;
        }
        for (int index = 0; index < columns.size(); index++) {
            Column one = columns.get(index);
            Column two = other.columns.get(index);
            if (!one.name().equals(two.name()) || one.type() != two.type() || one.modifier() != two.modifier()) {
                return false;
            }
        }
        return true;
    }

    /** The columns, for people. */
    String shownColumns() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Whether the whole row before is known. */
    boolean knowsBefore() {
        return identity == 'f';
    }
}
