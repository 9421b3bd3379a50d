package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.TypeMatrix;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.lance.Dataset;
import org.lance.WriteParams.WriteMode;
import org.lance.cleanup.CleanupPolicy;

/** Writes a table with Lance's own Java library: each append is a version of the table with one fragment more. */
record LanceSourceSide(Path table) implements SourceSide {
    /** An empty table. */
    @Override
    public void create(int partitions) {
        write(WriteMode.CREATE, NumberedRow.SCHEMA, List.of());
    }

    @Override
    public Optional<String> refusesPoison() {
        return Optional.of("a value has the type of its column, or its file is damaged as a whole");
    }

    @Override
    public boolean versioned() {
        return true;
    }

    private void write(WriteMode mode, Schema schema, List<Row> rows) {
        try (RootAllocator allocator = new RootAllocator();
                ArrowTable batch = new ArrowTable(allocator, schema, rows)) {
            Dataset.write()
                    .allocator(allocator)
                    .uri(table.toString())
                    .reader(batch)
                    .mode(mode)
                    .execute()
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void append(int partition, List<NumberedRow> rows) {
        write(WriteMode.APPEND, NumberedRow.SCHEMA, NumberedRow.batch(rows).toRows());
    }

    @Override
    public void appendTogether(int partition, List<NumberedRow> rows) {
        append(partition, rows);
    }

    @Override
    public Optional<Map<String, Object>> reading(Reading reading) {
        return reading == Reading.BOUNDED ? Optional.of(Map.of()) : Optional.empty();
    }

    /** Deletes the rows, and then every version that had them. */
    @Override
    public void expire(int partition, long sequence) {
        try (RootAllocator allocator = new RootAllocator();
                Dataset dataset = Dataset.open()
                        .allocator(allocator)
                        .uri(table.toString())
                        .build()) {
            dataset.delete("partition = " + partition + " AND sequence < " + sequence);
            dataset.checkoutLatest();
            dataset.cleanupWithPolicy(CleanupPolicy.builder()
                    .withBeforeVersion(dataset.latestVersion())
                    .withErrorIfTaggedOldVersions(false)
                    .build());
        }
    }

    /** A table does not know who has read it. */
    @Override
    public OptionalLong released(int partition) {
        return OptionalLong.empty();
    }

    @Override
    public List<Row> appendTypes() {
        Schema schema = TypeMatrix.schema(type -> true);
        List<Row> rows = TypeMatrix.rows(schema);
        write(WriteMode.CREATE, schema, rows);
        return rows;
    }

    /** The files of the table. */
    Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        if (Files.isDirectory(table)) {
            try (Stream<Path> files = Files.walk(table)) {
                files.forEach(file -> objects.add("file:" + file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Inventory(objects, Set.of());
    }
}
