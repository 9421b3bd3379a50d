package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Search;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.Transform;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One short life of a connector: opened, used a little, closed. The outside must have been made before.
 *
 * @param connector under test, perhaps from a loader of its own
 * @param trial what it may use
 * @param number of the life, from 1; each is another incarnation
 * @param watch is told after each call which one it was
 */
record Usage(Connector connector, Trial trial, int number, Consumer<String> watch) {
    private static final int ROWS = 3;
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration DISCOVERY = Duration.ofSeconds(5);

    /** Lives with the valid settings. */
    void live() {
        live(trial.settings());
    }

    /** Lives with {@code settings}, which need be valid only as far as the connector's spec can tell. */
    void live(Map<String, Object> settings) {
        Config config = connector
                .descriptor()
                .spec(trial.role())
                .orElseThrow()
                .parse(settings)
                .orThrow()
                .in(trial.directory());
        switch (trial.role()) {
            case SOURCE -> source(config);
            case SINK -> sink(config);
            case TRANSFORM -> transform(config);
            case SEARCH -> search(config);
            case DECODER, ENCODER -> {
                // Formats are held to their libraries by tests of their own.
            }
        }
    }

    private ConnectorContext context() {
        return trial.context(trial.role().toString(), number);
    }

    private void source(Config config) {
        try (Source source = connector.source(config)) {
            watch.accept("source");
            source.open(context());
            watch.accept("open");
            source.schema();
            watch.accept("schema");
            List<Partition> partitions = source.discover(DISCOVERY).partitions();
            watch.accept("discover");
            if (!partitions.isEmpty()) {
                read(source, partitions.get(0));
            }
        }
        watch.accept("close");
    }

    private void read(Source source, Partition partition) {
        try (SourcePartition reader = source.partition(partition, Optional.empty())) {
            watch.accept("partition");
            reader.poll(ROWS, 1 << 20, WAIT);
            watch.accept("poll");
        }
        watch.accept("close of the partition");
    }

    private void sink(Config config) {
        SinkSide side = trial.fixture().sink();
        try (Sink sink = connector.sink(config)) {
            watch.accept("sink");
            sink.open(context());
            watch.accept("open");
            sink.plan(side.schema(), side.append());
            watch.accept("plan");
            sink.provision();
            watch.accept("provision");
            Optional<Prepared> prepared = write(sink, side);
            if (prepared.isPresent()) {
                commit(sink, prepared.get());
            }
        }
        watch.accept("close");
    }

    private Optional<Prepared> write(Sink sink, SinkSide side) {
        WriterSlot slot = new WriterSlot("conformance/sink", "run-" + number, 0, 1, number - 1L);
        try (SinkWriter writer = sink.writer(slot, List.of())) {
            watch.accept("writer");
            writer.begin(new EpochId(slot.runId(), number));
            watch.accept("begin");
            long first = (long) number * ROWS;
            writer.write(side.batch(NumberedRow.inserts(trial.seed(), 0, first, first + ROWS)));
            watch.accept("write");
            if (connector.descriptor().can(Capability.TRANSACTIONAL)) {
                Optional<Prepared> prepared = writer.prepare();
                watch.accept("prepare");
                return prepared;
            }
            writer.flush();
            watch.accept("flush");
            return Optional.empty();
        }
    }

    private void commit(Sink sink, Prepared prepared) {
        try (SinkCommitter committer =
                sink.committer("conformance/sink", prepared.epoch().runId())) {
            watch.accept("committer");
            if (connector.descriptor().can(Capability.FENCING)) {
                committer.claim();
                watch.accept("claim");
            }
            committer.commit(prepared.epoch(), List.of(prepared));
            watch.accept("commit");
        }
    }

    private void transform(Config config) {
        RecordBatch batch = trial.fixture().transform().batch(List.of(Optional.of("one text"), Optional.of("another")));
        try (Transform transform = connector.transform(config)) {
            transform.output(batch.schema());
            watch.accept("output");
            transform.open(context());
            watch.accept("open");
            transform.apply(batch);
            watch.accept("apply");
        }
        watch.accept("close");
    }

    private void search(Config config) {
        try (Search search = connector.search(config)) {
            search.open(context());
            watch.accept("open");
            search.schema();
            watch.accept("schema");
        }
        watch.accept("close");
    }
}
