package dev.penstock.connector.iceberg.conformance;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;

/**
 * Reads, tidies and spoils a table with Iceberg's own generic reader and writer, and what lies beside it with the JDK.
 */
final class IcebergSinkSide implements SinkSide {
    static final TableIdentifier TABLE = TableIdentifier.of("kit", "rows");

    /** The sink, and the epoch, writer and run. */
    private static final Pattern FILE = Pattern.compile(".*/([^/]+-[0-9a-f]{8})-(\\d+-\\d+-.+)-\\d+\\.parquet");

    private final Path warehouse;
    private final TestTable table;

    IcebergSinkSide(Path warehouse) {
        this.warehouse = warehouse;
        this.table = new TestTable(warehouse, TABLE);
    }

    /** Nothing: the sink makes its table. */
    @Override
    public void create() {}

    /** A table is a set of files. */
    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public List<NumberedRow> visible() {
        List<NumberedRow> rows = new ArrayList<>();
        table.read(row -> rows.add(new NumberedRow(
                Operation.INSERT,
                number(row, "run"),
                Math.toIntExact(number(row, "partition")),
                number(row, "sequence"),
                text(row, NumberedRow.KEY),
                text(row, "text"),
                number(row, "checksum"))));
        return rows;
    }

    private static long number(Record row, String column) {
        String text = text(row, column);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** A value as text; empty if there is none. */
    private static String text(Record row, String column) {
        Object value = row.getField(column);
        return value == null ? "" : value.toString();
    }

    @Override
    public Map<String, String> visible(String column) {
        Map<String, String> values = new LinkedHashMap<>();
        table.read(row -> {
            String value = text(row, column);
            if (!value.isEmpty()) {
                values.put(text(row, NumberedRow.KEY), value);
            }
        });
        return values;
    }

    /** The table requires a run. */
    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        Schema schema = NumberedRow.SCHEMA.with(Field.of("run", DataType.INT64));
        BatchBuilder batch = new BatchBuilder(schema);
        for (int index = 0; index < rows.size(); index++) {
            NumberedRow row = rows.get(index);
            Long run = invalid.contains(index) ? null : row.run();
            Row values =
                    Row.of(schema, row.key(), run, (long) row.partition(), row.sequence(), row.text(), row.checksum());
            batch.append(values.with(row.operation()));
        }
        return batch.build();
    }

    /** Rewrites all files into one, and expires all snapshots but the newest. */
    @Override
    public void maintain() {
        table.compact();
        table.expire();
    }

    /** Deletes the files of the handle's writer and epoch. */
    @Override
    public void destroy(Prepared prepared) {
        String name = "-" + prepared.epoch().epoch() + "-" + prepared.writer() + "-"
                + prepared.epoch().runId() + "-";
        files(warehouse.resolve("kit/rows/data")).stream()
                .filter(file -> file.getFileName().toString().contains(name))
                .forEach(IcebergSinkSide::delete);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path notes() {
        return warehouse.resolve("kit/rows/_penstock");
    }

    @Override
    public String openForeignTransaction() {
        Path note = notes().resolve("other.sink-01234567").resolve("1000000-0-other");
        Path file = warehouse.resolve("kit/rows/data/other.sink-01234567-1000000-0-other-00000.parquet");
        try {
            Files.createDirectories(note.getParent());
            Files.createDirectories(file.getParent());
            Files.writeString(file, "rows of another sink");
            return transaction(Files.writeString(note, "begun\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is there, by names that do not change: the table, notes of open work, and files that nothing refers to. */
    Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        Optional<Set<String>> referred = table.dataFiles();
        referred.ifPresent(known -> objects.add("table:" + TABLE));
        Set<String> deletes = table.deleteFiles();
        Set<String> open = new TreeSet<>();
        files(notes()).forEach(note -> open.add(transaction(note)));
        files(warehouse.resolve("kit/rows/data")).stream()
                .map(file -> "file://" + file)
                .filter(file -> !referred.orElse(Set.of()).contains(file) && !deletes.contains(file))
                .forEach(file -> open.add(transactionOf(file)));
        return new Inventory(objects, open);
    }

    /** That of a file which nothing refers to: as its note is called, whether that is there or not. */
    private String transactionOf(String file) {
        Matcher matcher = FILE.matcher(file);
        return matcher.matches()
                ? transaction(notes().resolve(matcher.group(1)).resolve(matcher.group(2)))
                : "file:" + file;
    }

    private static String transaction(Path note) {
        return "begun:" + note;
    }
}
