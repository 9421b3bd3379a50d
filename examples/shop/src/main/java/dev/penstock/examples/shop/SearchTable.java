package dev.penstock.examples.shop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** The vector table, read by Lance itself. */
record SearchTable(Path database) {
    private static final List<String> COLUMNS = List.of("sku", "name", "description", "price");

    /** All rows; none if there is no table yet. */
    List<String> rows() {
        Path table = database.resolve("products.lance");
        if (!Files.exists(table)) {
            return List.of();
        }
        try (RootAllocator allocator = new RootAllocator();
                Dataset dataset = Dataset.open()
                        .allocator(allocator)
                        .uri(table.toString())
                        .build();
                LanceScanner scanner =
                        dataset.newScan(new ScanOptions.Builder().columns(COLUMNS).build());
                ArrowReader reader = scanner.scanBatches()) {
            List<String> rows = new ArrayList<>();
            while (reader.loadNextBatch()) {
                add(reader.getVectorSchemaRoot(), rows);
            }
            return rows;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot read '" + table + "': " + e.getMessage(), e);
        }
    }

    private static void add(VectorSchemaRoot batch, List<String> rows) {
        for (int row = 0; row < batch.getRowCount(); row++) {
            List<String> values = new ArrayList<>();
            for (String column : COLUMNS) {
                values.add(String.valueOf(batch.getVector(column).getObject(row)));
            }
            rows.add(String.join(" | ", values));
        }
    }
}
