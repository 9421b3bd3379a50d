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
 * @param tables each table that was begun or finished; one that is not listed was not begun
 */
record SnapshotProgress(List<Table> tables) {
    static final SnapshotProgress NONE = new SnapshotProgress(List.of());

    SnapshotProgress {
        tables = List.copyOf(tables);
    }

    /**
     * A table of it.
     *
     * @param id the object id: a table that is made anew has another one
     * @param after the key of the last row that was given, as text; empty before the first
     */
    record Table(int id, boolean done, List<String> after) {
        Table {
            after = List.copyOf(after);
        }
    }

    /** Whether nothing that was begun is unfinished. */
    boolean isDone() {
        return tables.stream().allMatch(Table::done);
    }

    /** The table with object id {@code id}, if it was begun. */
    Optional<Table> find(int id) {
        return tables.stream().filter(table -> table.id() == id).findFirst();
    }

    /** This with {@code changed} in the place of what was known of its table. */
    SnapshotProgress with(Table changed) {
        List<Table> all = new ArrayList<>(tables);
        all.removeIf(table -> table.id() == changed.id());
        all.add(changed);
        return new SnapshotProgress(all);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeShort(tables.size());
        for (Table table : tables) {
            out.writeInt(table.id());
            out.writeBoolean(table.done());
            out.writeByte(table.after().size());
            for (String value : table.after()) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }

    static SnapshotProgress read(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        List<Table> tables = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int id = in.readInt();
            boolean done = in.readBoolean();
            int values = in.readUnsignedByte();
            List<String> after = new ArrayList<>(values);
            for (int value = 0; value < values; value++) {
                after.add(text(in));
            }
            tables.add(new Table(id, done, after));
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
