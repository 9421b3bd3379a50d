package dev.penstock.connector.lancedb;

import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.lance.Dataset;
import org.lance.ipc.ScanOptions;

/** Reads whole tables with Lance itself, as a reader that knows nothing of sinks. */
final class TableReading {
    private TableReading() {}

    static TableLocation location(Path directory) {
        return new TableLocation(directory.resolve("db").toString(), Incarnation.TABLE, Map.of());
    }

    static <T> T with(Path directory, Function<Dataset, T> use) {
        try (Lance lance = new Lance(location(directory));
                Dataset dataset = lance.openExisting()) {
            return use.apply(dataset);
        }
    }

    static List<Row> rows(Path directory) {
        return with(directory, dataset -> {
            Schema schema = TableSchema.of(dataset).rows(List.of(), "");
            List<Row> rows = new ArrayList<>();
            try (ArrowRows found = ArrowRows.scan(dataset, new ScanOptions.Builder().build())) {
                while (found.next()) {
                    RecordBatch batch = ArrowReading.read(found.root(), schema);
                    rows.addAll(batch.toRows());
                }
            }
            return rows;
        });
    }

    /** The rows as text, sorted. */
    static List<String> texts(Path directory) {
        return rows(directory).stream()
                .map(row -> row.values().toString())
                .sorted()
                .toList();
    }

    static long version(Path directory) {
        return with(directory, Dataset::version);
    }
}
