package dev.penstock.connector.postgres;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import dev.penstock.spi.WriteMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a commit needs to know of the rows of one writer and epoch.
 *
 * @param schema where they wait
 * @param target where they go
 * @param parts in the order in which they were written
 */
record StagingHandle(String schema, TableName target, WriteMode mode, List<Part> parts) {
    private static final int VERSION = 1;

    StagingHandle {
        parts = List.copyOf(parts);
    }

    /**
     * A table of waiting rows.
     *
     * @param deletes how many of the rows are deletes
     * @param partials how many of them leave columns as they are
     */
    record Part(String table, long rows, long deletes, long partials) {}

    ResumeState encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(schema);
            out.writeUTF(target.schema());
            out.writeUTF(target.name());
            out.writeUTF(mode.kind().name());
            write(mode.key(), out);
            write(mode.deleteBy(), out);
            out.writeInt(parts.size());
            for (Part part : parts) {
                out.writeUTF(part.table());
                out.writeLong(part.rows());
                out.writeLong(part.deletes());
                out.writeLong(part.partials());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    private static void write(List<String> names, DataOutputStream out) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    /**
     * The handle in {@code state}.
     *
     * @throws StateVersionException if another release wrote it in a form that is not known
     */
    static StagingHandle decode(ResumeState state) {
        if (state.version() != VERSION) {
            throw new StateVersionException("a handle of rows for PostgreSQL", state.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
            String schema = in.readUTF();
            TableName target = new TableName(in.readUTF(), in.readUTF());
            WriteMode mode = new WriteMode(WriteMode.Kind.valueOf(in.readUTF()), names(in), names(in));
            List<Part> parts = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                parts.add(new Part(in.readUTF(), in.readLong(), in.readLong(), in.readLong()));
            }
            return new StagingHandle(schema, target, mode, parts);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a handle of rows: " + e.getMessage(), e);
        }
    }

    private static List<String> names(DataInputStream in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            names.add(in.readUTF());
        }
        return names;
    }
}
