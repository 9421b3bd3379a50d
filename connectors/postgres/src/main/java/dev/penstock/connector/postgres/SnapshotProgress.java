package dev.penstock.connector.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the rows are read that were in the tables before their changes are.
 *
 * @param tables each table that is read
 */
record SnapshotProgress(List<Table> tables) {
    static final SnapshotProgress NONE = new SnapshotProgress(List.of());
    /** The first version knew no names. */
    private static final int FIRST_VERSION = 1;

    private static final TableName UNNAMED = new TableName("", "");

    SnapshotProgress {
        tables = List.copyOf(tables);
    }

    /**
     * A table of it.
     *
     * @param id the object id: a table that is made anew has another one
     * @param name of the table; with empty parts if it is not known
     * @param done whether all rows were given that were there before its changes
     * @param after the key of the last row that was given, as text; empty before the first
     */
    record Table(int id, TableName name, boolean done, List<String> after) {
        Table {
            after = List.copyOf(after);
        }

        /** Nothing of {@code table} was given, or nothing is wanted. */
        static Table of(ChangedTable table, boolean done) {
            return new Table(table.relation().id(), table.name(), done, List.of());
        }

        boolean isNamed() {
            return !name.equals(UNNAMED);
        }

        /** The table, for people. */
        String shown() {
            return isNamed() ? name.toString() : Integer.toUnsignedString(id);
        }
    }

    /** Whether nothing is unfinished. */
    boolean isDone() {
        return tables.stream().allMatch(Table::done);
    }

    /** The table with object id {@code id}, if it is known. */
    Optional<Table> find(int id) {
        return tables.stream().filter(table -> table.id() == id).findFirst();
    }

    /** The table that was called {@code name}, if it is known. */
    Optional<Table> find(TableName name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** This with {@code changed} in the place of what was known of its table. */
    SnapshotProgress with(Table changed) {
        List<Table> all = new ArrayList<>(tables);
        all.removeIf(table -> table.id() == changed.id());
        all.add(changed);
        return new SnapshotProgress(all);
    }

    /** This without the table with object id {@code id}. */
    SnapshotProgress without(int id) {
        return new SnapshotProgress(
                tables.stream().filter(table -> table.id() != id).toList());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(tables.size());
        for (Table table : tables) {
            out.writeInt(table.id());
            write(table.name().schema(), out);
            write(table.name().name(), out);
            out.writeBoolean(table.done());
            out.writeByte(table.after().size());
            for (String value : table.after()) {
                write(value, out);
            }
        }
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static SnapshotProgress read(int version, DataInputStream in) throws IOException {
        int count = version == FIRST_VERSION ? in.readUnsignedShort() : in.readInt();
        List<Table> tables = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int id = in.readInt();
            TableName name = version == FIRST_VERSION ? UNNAMED : new TableName(text(in), text(in));
            boolean done = in.readBoolean();
            int values = in.readUnsignedByte();
            List<String> after = new ArrayList<>(values);
            for (int value = 0; value < values; value++) {
                after.add(text(in));
            }
            tables.add(new Table(id, name, done, after));
        }
        return new SnapshotProgress(tables);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("it ends too early");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
