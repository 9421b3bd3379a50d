package dev.penstock.connector.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The files of snapshots, divided among shards by their locations, each shard's in the order that they were added.
 * Keeps the last few plans, since all shards want the same ones. One thread at a time.
 */
final class SnapshotFiles {
    private static final int KEPT = 4;

    private final int shards;
    private final Map<String, List<List<FileScanTask>>> plans = new LinkedHashMap<>();

    SnapshotFiles(int shards) {
        this.shards = shards;
    }

    /** All files that {@code snapshot} consists of, with their deletes. */
    List<FileScanTask> whole(Table table, long snapshot, int shard) {
        return plans(
                        "whole " + snapshot,
                        () -> table.newScan().useSnapshot(snapshot).planFiles())
                .get(shard);
    }

    /** The files that {@code snapshot} added to those before. */
    List<FileScanTask> added(Table table, long snapshot, int shard) {
        return plans(
                        "added " + snapshot,
                        () -> table.newIncrementalAppendScan()
                                .fromSnapshotInclusive(snapshot)
                                .toSnapshot(snapshot)
                                .planFiles())
                .get(shard);
    }

    /** Lists files. */
    private interface Planning {
        CloseableIterable<FileScanTask> run();
    }

    private List<List<FileScanTask>> plans(String name, Planning planning) {
        List<List<FileScanTask>> known = plans.get(name);
        if (known == null) {
            known = divided(planning);
            plans.put(name, known);
            if (plans.size() > KEPT) {
                plans.remove(plans.keySet().iterator().next());
            }
        }
        return known;
    }

    private List<List<FileScanTask>> divided(Planning planning) {
        List<List<FileScanTask>> divided = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            divided.add(new ArrayList<>());
        }
        try (CloseableIterable<FileScanTask> tasks = planning.run()) {
            tasks.forEach(
                    task -> divided.get(shard(task.file().location(), shards)).add(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Comparator<FileScanTask> order = Comparator.<FileScanTask>comparingLong(task -> sequence(task.file()))
                .thenComparing(task -> task.file().location());
        divided.forEach(files -> files.sort(order));
        return divided;
    }

    private static long sequence(DataFile file) {
        Long sequence = file.dataSequenceNumber();
        return sequence == null ? 0 : sequence;
    }

    /** Which of {@code shards} the file at {@code location} belongs to. */
    static int shard(String location, int shards) {
        CRC32 hash = new CRC32();
        hash.update(location.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % shards);
    }
}
