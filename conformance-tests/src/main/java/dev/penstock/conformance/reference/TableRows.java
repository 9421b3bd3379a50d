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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way to or from a table of the server: what each does, and its values as text.
 *
 * @param columns the names of the columns
 * @param entries the rows
 */
record TableRows(List<String> columns, List<Entry> entries) {
    private static final int NONE = -1;

    TableRows {
        columns = List.copyOf(columns);
        entries = List.copyOf(entries);
    }

    /**
     * A row.
     *
     * @param operation what it does
     * @param values a text or null for each column
     */
    record Entry(Operation operation, List<@Nullable String> values) {
        Entry {
            values = Collections.unmodifiableList(values);
        }
    }

    static TableRows of(RecordBatch batch) {
        List<Entry> entries = new ArrayList<>(batch.rowCount());
        RowView row = batch.rows();
        while (row.next()) {
            List<@Nullable String> values = new ArrayList<>();
            for (int column = 0; column < batch.schema().size(); column++) {
                Object value = row.value(column);
                values.add(value == null ? null : value.toString());
            }
            entries.add(new Entry(row.operation(), values));
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
                for (String value : entry.values) {
                    write(out, value);
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
                columns.add(String.valueOf(read(in)));
            }
            List<Entry> entries = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                Operation operation = Operation.of(in.readByte());
                List<@Nullable String> values = new ArrayList<>();
                for (int column = 0; column < columns.size(); column++) {
                    values.add(read(in));
                }
                entries.add(new Entry(operation, values));
            }
            return new TableRows(columns, entries);
        } catch (IOException e) {
            throw new UncheckedIOException("Rows are cut short", e);
        }
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

    private static @Nullable String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NONE ? null : new String(in.readNBytes(length), UTF_8);
    }
}
