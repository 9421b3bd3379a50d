package dev.penstock.conformance.rules;

import dev.penstock.conformance.MissingHook;
import dev.penstock.conformance.Reading;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.Row;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A source under test, open and provisioned as an engine does it; closes the readers that it made. */
final class OpenSource implements AutoCloseable {
    /** How long a source may take to do what it does at once when all is well. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_DISCOVERIES = Duration.ofMillis(20);

    private final Trial trial;
    private final Source source;
    private final List<OpenReader> readers = new ArrayList<>();

    private OpenSource(Trial trial, Source source) {
        this.trial = trial;
        this.source = source;
    }

    /** The settings of a way of reading, if the source can. */
    static Optional<Map<String, Object>> settings(Trial trial, Reading reading) {
        return settings(trial, reading, trial.fixture().endpoint());
    }

    /** As the other, with another place to connect to. */
    static Optional<Map<String, Object>> settings(Trial trial, Reading reading, Optional<InetSocketAddress> endpoint) {
        return trial.fixture().source().reading(reading).map(over -> {
            Map<String, Object> settings =
                    new HashMap<>(trial.settings(Variant.VALID, endpoint).orElseGet(trial::settings));
            settings.putAll(over);
            return settings;
        });
    }

    /** A source that reads to the end if it can stop, and else on and on. */
    static OpenSource open(Trial trial) {
        return open(trial, trial.settings());
    }

    /** A source that reads so; a fixture that says that it cannot lacks a hook. */
    static OpenSource open(Trial trial, Reading reading) {
        return open(
                trial,
                settings(trial, reading).orElseThrow(() -> new MissingHook("SourceSide.reading(" + reading + ")")));
    }

    /** A source of some settings. */
    static OpenSource open(Trial trial, Map<String, Object> settings) {
        OpenSource open = unprovisioned(trial, settings);
        open.provision();
        return open;
    }

    /** As {@link #open(Trial, Map)}, before it has made anything outside. */
    static OpenSource unprovisioned(Trial trial, Map<String, Object> settings) {
        Config config = trial.config(settings);
        Source source = trial.connector().source(config);
        try {
            source.open(trial.context());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
        return new OpenSource(trial, source);
    }

    private void provision() {
        try {
            source.provision();
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    Source source() {
        return source;
    }

    Discovery discover() {
        return source.discover(PATIENCE);
    }

    /** The partitions, once there are {@code count}. */
    List<Partition> partitions(int count) {
        return awaitPartitions(found -> found.size() == count, count + " partitions");
    }

    /** The partitions, once they are as wanted. */
    List<Partition> awaitPartitions(Predicate<List<Partition>> wanted, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Partition> found = discover().partitions();
        while (!wanted.test(found)) {
            if (System.nanoTime() > deadline) {
                throw new RuleViolation(
                        "discover() still lists " + found + " after " + PATIENCE.toSeconds() + " s and many calls: "
                                + what + " were expected",
                        "discover gives the full current list each time, not a cached one");
            }
            LockSupport.parkNanos(BETWEEN_DISCOVERIES.toNanos());
            found = discover().partitions();
        }
        return found;
    }

    /** The only partition, once it is there. */
    Partition onlyPartition() {
        return partitions(1).get(0);
    }

    /** A reader from the start of a partition. */
    OpenReader read(Partition partition) {
        return read(partition, Optional.empty());
    }

    /** A reader that goes on where {@code state} says. */
    OpenReader resume(Partition partition, ResumeState state) {
        return read(partition, Optional.of(state));
    }

    private OpenReader read(Partition partition, Optional<ResumeState> from) {
        OpenReader reader = new OpenReader(trial.fixture().source(), partition, source.partition(partition, from));
        readers.add(reader);
        return reader;
    }

    /** All that a reader gives from {@code state} on, where {@code rows} rows are expected. */
    List<NumberedRow> rowsFrom(Partition partition, ResumeState state, int rows) {
        try (OpenReader reader = resume(partition, state)) {
            return reader.readAll(rows, OpenReader.MANY_ROWS).rows();
        }
    }

    /** The rows as the connector gives them, partition by partition, until there are {@code count} or no more come. */
    List<Row> rowsAsTheyAre(int count) {
        List<Row> rows = new ArrayList<>();
        for (Partition partition : awaitPartitions(found -> !found.isEmpty(), "partitions")) {
            try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                Poll poll = reader.poll(OpenReader.MANY_ROWS, OpenReader.MANY_BYTES, OpenReader.WAIT);
                while (!(poll instanceof Poll.End) && rows.size() < count && System.nanoTime() < deadline) {
                    if (poll instanceof Poll.Rows found) {
                        rows.addAll(found.rows().toRows());
                    }
                    poll = reader.poll(OpenReader.MANY_ROWS, OpenReader.MANY_BYTES, OpenReader.WAIT);
                }
            }
        }
        return rows;
    }

    @Override
    public void close() {
        try {
            readers.forEach(OpenReader::close);
        } finally {
            source.close();
        }
    }
}
