package dev.penstock.connector.iceberg;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a table to its end through the connector, shard by shard, a few rows at a time. */
final class TestSource {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Path warehouse;
    private final Map<String, Object> settings;
    private final Map<String, ResumeState> states = new HashMap<>();

    TestSource(Path warehouse, Map<String, Object> settings) {
        this.warehouse = warehouse;
        this.settings = new HashMap<>(settings);
        this.settings.putIfAbsent("warehouse", warehouse.toString());
        this.settings.putIfAbsent("table", "shop.orders");
    }

    /** From now on with another setting. */
    TestSource with(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    Source open() {
        Source source = new IcebergConnector()
                .source(SourceSettings.spec().parse(settings).orThrow());
        source.open(new KitContext("orders", "iceberg", 1, warehouse));
        if (!states.isEmpty()) {
            source.restored(states);
        }
        return source;
    }

    /** The rows since the last call; what was read is remembered. */
    List<Row> read() {
        return read(Integer.MAX_VALUE);
    }

    /** As {@link #read()}, and stops in the middle, after so many polls of each shard. */
    List<Row> read(int polls) {
        List<Row> rows = new ArrayList<>();
        batches(polls).forEach(batch -> rows.addAll(batch.toRows()));
        return rows;
    }

    List<RecordBatch> batches(int polls) {
        List<RecordBatch> batches = new ArrayList<>();
        Source source = open();
        try {
            for (Partition partition : source.discover(WAIT).partitions()) {
                ResumeState state = states.get(partition.id());
                SourcePartition reader = source.partition(partition, Optional.ofNullable(state));
                try {
                    read(partition.id(), reader, polls, batches);
                } finally {
                    reader.close();
                }
            }
        } finally {
            source.close();
        }
        return batches;
    }

    private void read(String id, SourcePartition reader, int polls, List<RecordBatch> batches) {
        for (int poll = 0; poll < polls; poll++) {
            Poll found = reader.poll(7, 1 << 20, WAIT);
            if (found instanceof Poll.End end) {
                states.put(id, end.last());
                return;
            } else if (found instanceof Poll.Rows rows) {
                states.put(id, rows.after());
                batches.add(rows.rows());
            }
        }
    }
}
