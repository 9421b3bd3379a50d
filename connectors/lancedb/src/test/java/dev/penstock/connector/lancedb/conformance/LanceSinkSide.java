package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.cleanup.CleanupPolicy;
import org.lance.compaction.CompactionOptions;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** Reads, tidies and spoils a table with Lance's own Java library, and what lies beside it with the JDK. */
final class LanceSinkSide implements SinkSide {
    private final Path database;
    private final String table;

    LanceSinkSide(Path database, String table) {
        this.database = database;
        this.table = table;
    }

    /** Nothing: the sink makes its table. */
    @Override
    public void create() {}

    @Override
    public RowLayout layout() {
        return new VectorLayout();
    }

    /** No vector with a number that is none is taken. */
    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        return VectorLayout.batch(rows, index -> invalid.contains(index) ? Float.NaN : 0);
    }

    @Override
    public List<NumberedRow> visible() {
        List<NumberedRow> rows = new ArrayList<>();
        scan(batch -> {
            for (int row = 0; row < batch.getRowCount(); row++) {
                rows.add(row(batch, row));
            }
        });
        return rows;
    }

    private static NumberedRow row(VectorSchemaRoot batch, int row) {
        return new NumberedRow(
                Operation.INSERT,
                number(batch, "run", row),
                Math.toIntExact(number(batch, "partition", row)),
                number(batch, "sequence", row),
                text(batch, NumberedRow.KEY, row),
                text(batch, "text", row),
                number(batch, "checksum", row));
    }

    private static long number(VectorSchemaRoot batch, String column, int row) {
        String text = text(batch, column, row);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** A value as text; empty if there is none. */
    private static String text(VectorSchemaRoot batch, String column, int row) {
        @Nullable FieldVector vector = batch.getVector(column);
        @Nullable Object value = vector == null ? null : vector.getObject(row);
        return value == null ? "" : value.toString();
    }

    @Override
    public Map<String, String> visible(String column) {
        Map<String, String> values = new LinkedHashMap<>();
        scan(batch -> {
            for (int row = 0; row < batch.getRowCount(); row++) {
                String value = text(batch, column, row);
                if (!value.isEmpty()) {
                    values.put(text(batch, NumberedRow.KEY, row), value);
                }
            }
        });
        return values;
    }

    private Path tableDirectory() {
        return database.resolve(table + ".lance");
    }

    private Path staging() {
        return database.resolve("_penstock").resolve(table);
    }

    private void scan(Consumer<VectorSchemaRoot> use) {
        withTable(dataset -> {
            LanceScanner scanner = dataset.newScan(new ScanOptions.Builder().build());
            try (ArrowReader reader = scanner.scanBatches()) {
                while (reader.loadNextBatch()) {
                    use.accept(reader.getVectorSchemaRoot());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                close(scanner);
            }
        });
    }

    private static void close(LanceScanner scanner) {
        try {
            scanner.close();
        } catch (Exception e) {
            throw new IllegalStateException("Lance cannot close a scan", e);
        }
    }

    /** Does something with the table as it is now; nothing if there is none. */
    private void withTable(Consumer<Dataset> use) {
        if (!Files.isDirectory(tableDirectory().resolve("_versions"))) {
            return;
        }
        try (RootAllocator allocator = new RootAllocator();
                Dataset dataset = Dataset.open()
                        .allocator(allocator)
                        .uri(tableDirectory().toString())
                        .build()) {
            use.accept(dataset);
        }
    }

    /** Compacts all fragments into one, and cleans away all versions but the newest. */
    @Override
    public void maintain() {
        withTable(dataset -> {
            dataset.compact(CompactionOptions.builder().build());
            dataset.checkoutLatest();
            dataset.cleanupWithPolicy(CleanupPolicy.builder()
                    .withBeforeTimestampMillis(System.currentTimeMillis())
                    .withErrorIfTaggedOldVersions(false)
                    .build());
        });
    }

    /** Deletes the directory of the handle's writer and epoch. */
    @Override
    public void destroy(Prepared prepared) {
        String name = prepared.epoch().epoch() + "-" + prepared.writer() + "-"
                + prepared.epoch().runId();
        for (Path directory : staged()) {
            if (String.valueOf(directory.getFileName()).equals(name)) {
                delete(directory);
            }
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directories of what is not committed: one for each sink, in it one for each writer and epoch. */
    private List<Path> staged() {
        try (Stream<Path> directories = Files.walk(staging(), 2)) {
            return directories
                    .filter(directory -> staging().relativize(directory).getNameCount() == 2)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String openForeignTransaction() {
        Path directory = staging().resolve("other.sink-01234567").resolve("1000000-0-other");
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("sealed"), "1\n");
            return transaction(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is there, by names that do not change. */
    Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        if (Files.exists(tableDirectory())) {
            objects.add("table:" + table);
        }
        Set<String> open = new TreeSet<>();
        staged().forEach(directory -> open.add(transaction(directory)));
        return new Inventory(objects, open);
    }

    private static String transaction(Path directory) {
        return "staged:" + directory;
    }
}
