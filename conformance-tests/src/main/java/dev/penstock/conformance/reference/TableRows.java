package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.RowView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way to or from a table of the server: what each does, and its values as text.
 *
 * @param columns the names of the columns
 * @param entries the rows
 */
record TableRows(List<String> columns, List<Entry> entries) {
    private static final int NONE = -1;
    private static final int UNCHANGED = -2;

    TableRows {
        columns = List.copyOf(columns);
        entries = List.copyOf(entries);
    }

    /**
     * A row.
     *
     * @param operation what it does
     * @param values a text or null for each column
     * @param unchanged the indexes of columns that keep the value they had; null stands among the values for each
     */
    record Entry(Operation operation, List<@Nullable String> values, Set<Integer> unchanged) {
        Entry {
            values = Collections.unmodifiableList(values);
            unchanged = Set.copyOf(unchanged);
        }
    }

    static TableRows of(RecordBatch batch) {
        List<Entry> entries = new ArrayList<>(batch.rowCount());
        RowView row = batch.rows();
        while (row.next()) {
            List<@Nullable String> values = new ArrayList<>();
            Set<Integer> unchanged = new HashSet<>();
            for (int column = 0; column < batch.schema().size(); column++) {
                Object value = row.value(column);
                values.add(value == null ? null : value.toString());
                if (batch.column(column).isUnchanged(entries.size())) {
                    unchanged.add(column);
                }
            }
            entries.add(new Entry(row.operation(), values, unchanged));
        }
        return new TableRows(batch.schema().names(), entries);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(columns.size());
            for (String column : columns) {
                write(out, column);
            }
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                out.writeByte(entry.operation.code());
                for (int column = 0; column < columns.size(); column++) {
                    if (entry.unchanged.contains(column)) {
                        out.writeInt(UNCHANGED);
                    } else {
                        write(out, entry.values.get(column));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static TableRows parse(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            List<String> columns = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                columns.add(String.valueOf(read(in, in.readInt())));
            }
            List<Entry> entries = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                entries.add(readEntry(in, columns.size()));
            }
            return new TableRows(columns, entries);
        } catch (IOException e) {
            throw new UncheckedIOException("Rows are cut short", e);
        }
    }

    private static Entry readEntry(DataInputStream in, int columns) throws IOException {
        Operation operation = Operation.of(in.readByte());
        List<@Nullable String> values = new ArrayList<>();
        Set<Integer> unchanged = new HashSet<>();
        for (int column = 0; column < columns; column++) {
            int length = in.readInt();
            if (length == UNCHANGED) {
                unchanged.add(column);
            }
            values.add(read(in, length));
        }
        return new Entry(operation, values, unchanged);
    }

    private static void write(DataOutputStream out, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeInt(NONE);
            return;
        }
        byte[] text = value.getBytes(UTF_8);
        out.writeInt(text.length);
        out.write(text);
    }

    private static @Nullable String read(DataInputStream in, int length) throws IOException {
        return length < 0 ? null : new String(in.readNBytes(length), UTF_8);
    }
}
