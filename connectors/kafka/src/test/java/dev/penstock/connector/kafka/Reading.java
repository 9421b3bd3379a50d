package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads with a source as an engine does. */
final class Reading implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofMillis(200);

    private final Source source;

    private Reading(Source source) {
        this.source = source;
    }

    static Source source(TestCluster cluster, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("bootstrap-servers", cluster.kafka().bootstrapServers());
        return new KafkaConnector().source(SourceSettings.SPEC.parse(all).orThrow());
    }

    static Reading of(TestCluster cluster, Map<String, Object> settings) {
        Source source = source(cluster, settings);
        source.open(new KitContext("test", "kafka", 1, Path.of("")));
        return new Reading(source);
    }

    Source source() {
        return source;
    }

    List<Partition> partitions() {
        return source.discover(LONGEST).partitions();
    }

    /** The partition with {@code index} of the first topic. */
    SourcePartition partition(int index, Optional<ResumeState> from) {
        return source.partition(partitions().get(index), from);
    }

    /** What a partition gave until it ended, fell silent or had {@code enough} rows. */
    record Read(List<RecordBatch> batches, ResumeState state, boolean ended) {
        List<String> values() {
            List<String> values = new ArrayList<>();
            for (RecordBatch batch : batches) {
                BytesColumn records = (BytesColumn) batch.column(Payload.COLUMN);
                for (int row = 0; row < batch.rowCount(); row++) {
                    values.add(records.isNull(row) ? "(null)" : records.string(row));
                }
            }
            return values;
        }
    }

    /** Reads until there are {@code enough} rows. */
    static Read rows(SourcePartition partition, int enough) {
        return read(partition, 1024, enough);
    }

    /** Reads to the end. */
    static Read toEnd(SourcePartition partition, int maxRows) {
        Read read = read(partition, maxRows, Integer.MAX_VALUE);
        assertThat(read.ended()).isTrue();
        return read;
    }

    private static Read read(SourcePartition partition, int maxRows, int enough) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        List<RecordBatch> batches = new ArrayList<>();
        int rows = 0;
        while (System.nanoTime() < deadline) {
            Poll poll = partition.poll(Math.min(maxRows, enough - rows), 1 << 20, WAIT);
            if (poll instanceof Poll.End end) {
                return new Read(batches, end.last(), true);
            }
            if (poll instanceof Poll.Rows found) {
                batches.add(found.rows());
                rows += found.rows().rowCount();
                if (rows >= enough) {
                    return new Read(batches, found.after(), false);
                }
            }
        }
        throw new AssertionError("only " + rows + " rows came within " + LONGEST);
    }

    @Override
    public void close() {
        source.close();
    }
}
