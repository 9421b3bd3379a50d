package dev.penstock.connector.files.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The other end of a source of lines: appends to files, shortens them, deletes them. */
record FileSourceSide(Path directory) implements SourceSide {
    /** The longest line that is a row. */
    static final int MAX_LINE = 2 << 20;

    @Override
    public void create(int partitions) {
        edit(() -> {
            Files.createDirectories(directory);
            for (int partition = 0; partition < partitions; partition++) {
                Files.createFile(file(partition));
            }
        });
    }

    /** Something that is done to files. */
    private interface Edit {
        void run() throws IOException;
    }

    private static void edit(Edit edit) {
        try {
            edit.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(int partition) {
        return directory.resolve("part-" + partition + ".ndjson");
    }

    @Override
    public RowLayout layout() {
        return RowLayout.LINES;
    }

    @Override
    public Optional<Map<String, Object>> reading(Reading reading) {
        return switch (reading) {
            case BOUNDED -> Optional.of(Map.of());
            case UNBOUNDED -> Optional.of(Map.of("follow", true));
            case LATEST, FROM_NOW, TABLE, PRUNING -> Optional.empty();
        };
    }

    @Override
    public void append(int partition, List<NumberedRow> rows) {
        Column records = layout().batch(rows).column(Payload.COLUMN);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int row = 0; row < rows.size(); row++) {
            lines.writeBytes(((BytesColumn) records).bytes(row));
            lines.write('\n');
        }
        write(partition, lines.toByteArray());
    }

    private void write(int partition, byte[] bytes) {
        edit(() -> Files.write(file(partition), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    @Override
    public void appendTogether(int partition, List<NumberedRow> rows) {
        append(partition, rows);
    }

    @Override
    public void addPartition() {
        edit(() -> {
            int number = 0;
            while (Files.exists(file(number))) {
                number++;
            }
            Files.createFile(file(number));
        });
    }

    @Override
    public void removePartition(int partition) {
        edit(() -> Files.delete(file(partition)));
    }

    /** As a rotation does that keeps the newest lines: another file has the name. */
    @Override
    public void expire(int partition, long sequence) {
        edit(() -> {
            List<String> lines = Files.readAllLines(file(partition), UTF_8);
            Path rest = directory.resolveSibling("rest");
            Files.write(rest, lines.subList(Math.toIntExact(sequence), lines.size()), UTF_8);
            Files.move(rest, file(partition), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** A line that is too long. */
    @Override
    public void appendPoison(int partition) {
        write(partition, ("x".repeat(MAX_LINE + 1) + "\n").getBytes(UTF_8));
    }

    /** Files do not know who has read them. */
    @Override
    public OptionalLong released(int partition) {
        return OptionalLong.empty();
    }

    /** A line is bytes; what they mean is the decoder's. */
    @Override
    public List<Row> appendTypes() {
        create(1);
        Schema schema = Schema.of(Payload.FIELD);
        List<Row> rows = new ArrayList<>();
        for (byte[] record : List.of(
                " ".getBytes(UTF_8),
                "\uD834\uDD1E and \u0130\u0131Ii\t\u0000".getBytes(UTF_8),
                allButLineEnds(),
                "x".repeat(1 << 20).getBytes(UTF_8))) {
            write(0, record);
            write(0, new byte[] {'\n'});
            rows.add(Row.of(schema, Bytes.copyOf(record)));
        }
        return rows;
    }

    private static byte[] allButLineEnds() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int value = 0; value < 256; value++) {
            if (value != '\n' && value != '\r') {
                bytes.write(value);
            }
        }
        return bytes.toByteArray();
    }

    /** The files, for an inventory. */
    Set<String> objects() {
        Set<String> objects = new TreeSet<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.forEach(file -> objects.add("file:" + file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return objects;
    }
}
