package dev.penstock.connector.files.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.LineLayout;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
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

/** Reads, tidies and spoils the files of a sink with nothing but the JDK. */
final class FileSinkSide implements SinkSide {
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
    public RowLayout layout() {
        return layout.isCsv() ? new CsvLayout() : RowLayout.LINES;
    }

    /** No file takes a record that is not there, and a line takes no line feed. */
    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        BatchBuilder batch = new BatchBuilder(schema());
        for (int index = 0; index < rows.size(); index++) {
            NumberedRow row = rows.get(index);
            String line = LineLayout.line(row);
            @Nullable Bytes record = bytes(line);
            if (invalid.contains(index)) {
                record = layout.isLines() && index % 2 == 0 ? bytes(line + "\nand more") : null;
            }
            batch.append(Row.of(schema(), record).with(row.operation()));
        }
        return batch.build();
    }

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(UTF_8));
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
                    .filter(record -> !record.equals(CsvLayout.HEADER))
                    .map(LineLayout::parse)
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
                : Arrays.stream(content.substring(0, end).split("\n", -1));
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
