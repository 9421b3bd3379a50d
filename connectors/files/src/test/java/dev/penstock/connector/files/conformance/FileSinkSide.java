package dev.penstock.connector.files.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads, tidies and spoils the files of a sink with nothing but the JDK. A record is the values of a row, by commas. */
final class FileSinkSide implements SinkSide {
    private static final String HEADER = "operation,run,partition,sequence,checksum,key,text";

    private static final String STAGING = ".penstock";

    private final Path directory;
    private final Path archive;
    private final SinkLayout layout;

    FileSinkSide(Path directory, Path archive, SinkLayout layout) {
        this.directory = directory;
        this.archive = archive;
        this.layout = layout;
    }

    /** Nothing: the sink makes its directory. */
    @Override
    public void create() {}

    @Override
    public Schema schema() {
        Field record = layout.isCsv() ? Payload.FIELD.with(Payload.HEADER, HEADER) : Payload.FIELD;
        return Schema.of(record);
    }

    @Override
    public RecordBatch batch(List<NumberedRow> rows) {
        return batchWithInvalid(rows, List.of());
    }

    /** No file takes a record that is not there, and a line takes no line feed. */
    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        BatchBuilder batch = new BatchBuilder(schema());
        for (int index = 0; index < rows.size(); index++) {
            NumberedRow row = rows.get(index);
            byte[] valid = record(row).getBytes(UTF_8);
            boolean broken = layout.isLines() && index % 2 == 0;
            byte[] spoiled = (record(row) + "\nand more").getBytes(UTF_8);
            @Nullable Bytes record = !invalid.contains(index) ? Bytes.copyOf(valid) : broken ? Bytes.copyOf(spoiled) : null;
            batch.append(Row.of(schema(), record).with(row.operation()));
        }
        return batch.build();
    }

    private static String record(NumberedRow row) {
        return String.join(
                ",",
                row.operation().name(),
                Long.toString(row.run()),
                Integer.toString(row.partition()),
                Long.toString(row.sequence()),
                Long.toString(row.checksum()),
                row.key(),
                row.text());
    }

    private static NumberedRow row(String record) {
        String[] values = record.split(",", 7);
        return new NumberedRow(
                Operation.valueOf(values[0]),
                Long.parseLong(values[1]),
                Integer.parseInt(values[2]),
                Long.parseLong(values[3]),
                values[5],
                values[6],
                Long.parseLong(values[4]));
    }

    @Override
    public boolean atomic() {
        return layout.isAtomic();
    }

    @Override
    public List<NumberedRow> visible() {
        List<NumberedRow> rows = new ArrayList<>();
        for (Path file : visibleFiles()) {
            records(file)
                    .filter(record -> !record.equals(HEADER))
                    .map(FileSinkSide::row)
                    .forEach(rows::add);
        }
        return rows;
    }

    /** The files that anybody sees, older ones first: parts are named in the order of their epochs. */
    List<Path> visibleFiles() {
        List<Path> files = new ArrayList<>(files(archive));
        files.addAll(files(directory));
        return files;
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !name(file).startsWith(".")).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** The records of a file; of one that grows, those that are whole. */
    private Stream<String> records(Path file) {
        String content = content(file);
        if (layout.isFilePerRecord()) {
            return Stream.of(content);
        }
        int end = content.lastIndexOf('\n');
        return end < 0
                ? Stream.empty()
                : Arrays.stream(content.substring(0, end).split("\n"));
    }

    private String content(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream in = layout.isPacked() ? new GZIPInputStream(bytes) : bytes) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (EOFException e) {
            return ""; // a file that grows and has just been begun
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves what is visible to an archive, as whoever rotates logs does. */
    @Override
    public void maintain() {
        try {
            int count = files(archive).size();
            Files.createDirectories(archive);
            for (Path file : files(directory)) {
                Files.move(file, archive.resolve(String.format(Locale.ROOT, "%06d-%s", count++, name(file))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what is staged by the handle's writer in its epoch. */
    @Override
    public void destroy(Prepared prepared) {
        String name = "w" + prepared.writer() + "-e" + prepared.epoch().epoch() + "-";
        try {
            for (Path file : stagedFiles()) {
                if (name(file).startsWith(name)
                        && name(file).contains(prepared.epoch().runId())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files that nobody sees yet. */
    List<Path> stagedFiles() {
        try (Stream<Path> files = Files.walk(directory.resolve(STAGING))) {
            return files.filter(file -> name(file).endsWith(".part")).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String openForeignTransaction() {
        Path file = directory.resolve(STAGING).resolve("other_sink-0123456789").resolve("w0-e1000000-0-other.part");
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "of somebody else\n");
            return transaction(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is there, by names that do not change. */
    Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        if (Files.exists(directory)) {
            objects.add("directory:" + directory);
        }
        visibleFiles().forEach(file -> objects.add("file:" + file));
        return new Inventory(
                objects, stagedFiles().stream().map(FileSinkSide::transaction).collect(Collectors.toSet()));
    }

    private static String transaction(Path file) {
        return "staged:" + file;
    }
}
