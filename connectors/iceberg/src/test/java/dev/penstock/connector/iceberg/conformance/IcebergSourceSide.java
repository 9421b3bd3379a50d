package dev.penstock.connector.iceberg.conformance;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.TypeMatrix;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.connector.iceberg.schema.RowTypes;
import dev.penstock.connector.iceberg.schema.TypeMapping;
import dev.penstock.spi.data.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** Appends files whose locations belong to a certain shard, with Iceberg's own generic writer. */
final class IcebergSourceSide implements SourceSide {
    static final TableIdentifier TABLE = TableIdentifier.of("kit", "rows");

    private final Path warehouse;
    private final TestTable table;
    private int shards = 1;

    IcebergSourceSide(Path warehouse) {
        this.warehouse = warehouse;
        this.table = new TestTable(warehouse, TABLE);
    }

    int shards() {
        return shards;
    }

    @Override
    public Optional<String> refusesPoison() {
        return Optional.of("a value has the type of its column, or its file is damaged as a whole");
    }

    /** Shards show once there is a snapshot; an empty one has no rows. */
    @Override
    public void create(int partitions) {
        shards = Math.max(1, partitions);
        create(new TypeMapping().table(NumberedRow.SCHEMA));
        if (partitions > 0) {
            table.with(made -> commit(made, List.of()));
        }
    }

    private void create(Schema schema) {
        table.create(schema, PartitionSpec.unpartitioned(), Map.of("format-version", "3"));
    }

    private static boolean commit(Table made, List<DataFile> files) {
        var append = made.newFastAppend();
        files.forEach(append::appendFile);
        append.commit();
        return true;
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
    public synchronized void append(int partition, List<NumberedRow> rows) {
        if (!rows.isEmpty()) {
            table.with(made -> {
                List<Record> records =
                        GenericRecords.of(made.schema(), NumberedRow.batch(rows).toRows());
                return commit(made, List.of(TestTable.written(made, records, location(made, partition))));
            });
        }
    }

    private String location(Table made, int partition) {
        String location;
        do {
            location = made.locationProvider().newDataLocation("kit-" + UUID.randomUUID() + ".parquet");
        } while (shard(location) != partition);
        return location;
    }

    private int shard(String location) {
        CRC32 hash = new CRC32();
        hash.update(location.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % shards);
    }

    /** All of them in one file. */
    @Override
    public void appendTogether(int partition, List<NumberedRow> rows) {
        append(partition, rows);
    }

    /** Files with such rows are replaced by what is left of them, and every snapshot before expires. */
    @Override
    public synchronized void expire(int partition, long sequence) {
        table.with(made -> {
            List<Record> left = new ArrayList<>();
            OverwriteFiles overwrite = made.newOverwrite();
            try (CloseableIterable<FileScanTask> tasks = made.newScan().planFiles();
                    CloseableIterable<Record> rows = IcebergGenerics.read(made)
                            .where(Expressions.greaterThanOrEqual("sequence", sequence))
                            .build()) {
                tasks.forEach(task -> overwrite.deleteFile(task.file()));
                rows.forEach(left::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            overwrite
                    .addFile(TestTable.written(made, left, location(made, partition)))
                    .commit();
            return true;
        });
        table.expire();
    }

    /** A table does not know who has read it. */
    @Override
    public OptionalLong released(int partition) {
        return OptionalLong.empty();
    }

    /** The types that tables have; columns of others are stored in these. */
    @Override
    public List<Row> appendTypes() {
        dev.penstock.spi.data.Schema given = TypeMatrix.schema(type -> true);
        Schema stored = new TypeMapping().table(given);
        create(stored);
        List<Row> rows = TypeMatrix.rows(given);
        table.with(made -> commit(
                made, List.of(TestTable.written(made, GenericRecords.of(made.schema(), rows), location(made, 0)))));
        return GenericRecords.as(RowTypes.columns(stored), rows);
    }

    /** The files of the warehouse, without those by which the database works. */
    Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        if (Files.isDirectory(warehouse)) {
            try (Stream<Path> files = Files.walk(warehouse)) {
                files.filter(file -> !file.getFileName().toString().startsWith("catalog.db-"))
                        .forEach(file -> objects.add("file:" + file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Inventory(objects, Set.of());
    }
}
