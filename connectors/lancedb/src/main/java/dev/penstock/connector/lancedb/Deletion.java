package dev.penstock.connector.lancedb;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.lance.Dataset;
import org.lance.FragmentMetadata;
import org.lance.ipc.ScanOptions;

/** Finds the rows of a table that go, and marks them as deleted in their fragments. */
final class Deletion {
    /** Up to so many keys the table is asked by a condition, which an index answers; beyond, its keys are all read. */
    private static final int MAX_LITERALS = 1000;

    private static final String ADDRESS = "_rowaddr";
    private static final int FRAGMENT_SHIFT = 32;

    private final Dataset dataset;
    private final TableSchema table;

    Deletion(Dataset dataset, TableSchema table) {
        this.dataset = dataset;
        this.table = table;
    }

    /** What deleting the rows in {@code gone} changes; nothing becomes visible before a commit. */
    TableCommit.Change apply(KeySets gone, List<FragmentMetadata> added) {
        List<FragmentMetadata> updated = new ArrayList<>();
        List<Long> removed = new ArrayList<>();
        find(gone).forEach((fragment, rows) -> {
            FragmentMetadata rest = dataset.getFragment(fragment).deleteRows(rows);
            if (rest == null) {
                removed.add((long) fragment);
            } else {
                updated.add(rest);
            }
        });
        return new TableCommit.Change(updated, removed, added);
    }

    private Map<Integer, List<Integer>> find(KeySets gone) {
        Map<Integer, List<Integer>> found = new TreeMap<>();
        if (gone.isEmpty() || dataset.getFragments().isEmpty()) {
            return found;
        }
        Schema columns = table.rows(gone.columns(), "key");
        ScanOptions.Builder options =
                new ScanOptions.Builder().columns(columns.names()).withRowAddress(true);
        condition(gone, columns).ifPresent(options::filter);
        try (ArrowRows rows = ArrowRows.scan(dataset, options.build())) {
            while (rows.next()) {
                collect(gone, rows.root(), columns, found);
            }
        }
        return found;
    }

    private static void collect(
            KeySets gone, VectorSchemaRoot root, Schema columns, Map<Integer, List<Integer>> found) {
        RecordBatch batch = ArrowReading.read(root, columns);
        UInt8Vector addresses = (UInt8Vector) root.getVector(ADDRESS);
        KeySets.Test test = gone.test(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            if (test.goes(row)) {
                long address = addresses.get(row);
                found.computeIfAbsent((int) (address >>> FRAGMENT_SHIFT), any -> new ArrayList<>())
                        .add((int) address);
            }
        }
    }

    /** The rows that go as an SQL condition, if they are few and their keys are simple. */
    static Optional<String> condition(KeySets gone, Schema columns) {
        if (gone.size() > MAX_LITERALS) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (Side side :
                List.of(new Side(gone.keyColumns(), gone.keys()), new Side(gone.deleteColumns(), gone.deletes()))) {
            if (side.values().isEmpty()) {
                continue;
            }
            if (side.names().size() != 1) {
                return Optional.empty();
            }
            String name = side.names().get(0);
            DataType type = columns.field(name).type();
            if (type != DataType.STRING && type != DataType.INT32 && type != DataType.INT64) {
                return Optional.empty();
            }
            parts.add(side.values().stream()
                    .map(value -> literal(value, type))
                    .collect(Collectors.joining(",", "`" + name + "` IN (", ")")));
        }
        return Optional.of(String.join(" OR ", parts));
    }

    private record Side(List<String> names, Set<KeyBytes> values) {}

    private static String literal(KeyBytes key, DataType type) {
        ByteBuffer bytes = ByteBuffer.wrap(key.bytes());
        if (type != DataType.STRING) {
            return String.valueOf(bytes.getLong());
        }
        int length = bytes.getInt();
        String text = new String(key.bytes(), Integer.BYTES, length, StandardCharsets.UTF_8);
        return "'" + text.replace("'", "''") + "'";
    }
}
