package dev.penstock.connector.postgres;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file to which each poll is appended with its state by one write, so that both are there or neither is, whenever the
 * process is killed. Rows have an id and a version.
 */
final class ChangeLog {
    private final Path file;

    ChangeLog(Path file) {
        this.file = file;
    }

    /** A row that was read. */
    record Entry(Operation operation, int id, int version) {}

    /** All that was read, and the state behind it. */
    record Content(List<Entry> entries, Optional<ResumeState> state, long bytes) {}

    void append(Poll.Rows rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] state = rows.after().bytes();
        out.writeInt(rows.after().version());
        out.writeInt(state.length);
        out.write(state);
        out.writeInt(rows.rows().rowCount());
        for (int row = 0; row < rows.rows().rowCount(); row++) {
            Entry entry = entry(rows.rows(), row);
            out.writeByte(entry.operation().code());
            out.writeInt(entry.id());
            out.writeInt(entry.version());
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(record);
        framed.writeInt(bytes.size());
        bytes.writeTo(framed);
        Files.write(file, record.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Entry entry(RecordBatch rows, int row) {
        Operation operation = rows.operation(row);
        if (rows.schema().find("after").isPresent()) {
            return new Entry(
                    operation, number("id", rows.column("key"), row), number("version", rows.column("after"), row));
        }
        IntColumn ids = (IntColumn) rows.column("id");
        IntColumn versions = (IntColumn) rows.column("version");
        return new Entry(operation, ids.get(row), versions.isNull(row) ? -1 : versions.get(row));
    }

    private static int number(String name, Column json, int row) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(String.valueOf(json.value(row)));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** Cuts off what was not written as a whole. */
    Content recover() throws IOException {
        Content content = read();
        if (Files.exists(file)) {
            byte[] all = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(all, Math.toIntExact(content.bytes())));
        }
        return content;
    }

    Content read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        Optional<ResumeState> state = Optional.empty();
        long bytes = 0;
        if (!Files.exists(file)) {
            return new Content(entries, state, bytes);
        }
        try (InputStream stream = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(stream))) {
            while (true) {
                int length = in.readInt();
                byte[] record = new byte[length];
                in.readFully(record);
                state = Optional.of(parse(record, entries));
                bytes += Integer.BYTES + length;
            }
        } catch (EOFException e) {
            return new Content(entries, state, bytes);
        }
    }

    private static ResumeState parse(byte[] record, List<Entry> entries) throws IOException {
        DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(record));
        int version = in.readInt();
        byte[] state = new byte[in.readInt()];
        in.readFully(state);
        int rows = in.readInt();
        for (int row = 0; row < rows; row++) {
            entries.add(new Entry(Operation.of(in.readByte()), in.readInt(), in.readInt()));
        }
        return new ResumeState(version, state);
    }
}
