package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.local.LocalPostgres;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads queries as an engine does, run after run with what is kept of the one before. */
final class QueryReading {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final LocalPostgres server;
    private final Map<String, Object> settings;
    private final Map<String, ResumeState> states = new TreeMap<>();

    QueryReading(LocalPostgres server, Map<String, Object> settings) {
        this.server = server;
        this.settings = settings;
    }

    QueryReading(ChangedServer server, Map<String, Object> settings) {
        this(server.local(), settings);
    }

    /** Settings of a source of {@code server} with {@code further} ones. */
    static Map<String, Object> settings(LocalPostgres server, Map<String, Object> further) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("host", "127.0.0.1");
        settings.put("port", server.port());
        settings.put("database", server.database());
        settings.put("user", server.user());
        settings.putAll(further);
        return settings;
    }

    /** An open source. */
    Source open() {
        return open(Map.of());
    }

    /** An open source with settings put over those of the others. */
    Source open(Map<String, Object> over) {
        Map<String, Object> all = settings(server, settings);
        all.putAll(over);
        Source source =
                new PostgresQueryConnector().source(QueryKeys.SPEC.parse(all).orThrow());
        try {
            source.open(new KitContext("test", "query", 1, Path.of("")));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
        if (!states.isEmpty()) {
            source.restored(states);
        }
        return source;
    }

    /** What is kept of a partition. */
    void keep(String partition, ResumeState state) {
        states.put(partition, state);
    }

    /** What is kept of all partitions. */
    Map<String, ResumeState> states() {
        return states;
    }

    /** A reader of {@code partition} that goes on where the one before has stopped. */
    SourcePartition reader(Source source, Partition partition) {
        return source.partition(partition, Optional.ofNullable(states.get(partition.id())));
    }

    /** All rows of a run that ends, partition by partition; keeps where it has ended. */
    List<Row> run() {
        return run(Map.of());
    }

    List<Row> run(Map<String, Object> over) {
        List<Row> rows = new ArrayList<>();
        try (Source source = open(over)) {
            for (Partition partition : source.discover(LONGEST).partitions()) {
                try (SourcePartition reader = reader(source, partition)) {
                    ChangeReading.Read read = ChangeReading.toEnd(reader);
                    rows.addAll(read.rows());
                    keep(partition.id(), read.state());
                }
            }
        }
        return rows;
    }

    List<String> texts() {
        return run().stream().map(Row::toString).toList();
    }

    /** Polls once, soon. */
    static Poll poll(SourcePartition reader) {
        return reader.poll(1024, 1 << 20, Duration.ofMillis(20));
    }

    /** What a following source gives next, {@code enough} rows of it; keeps where it stands. */
    List<Row> next(SourcePartition reader, String partition, int enough) {
        ChangeReading.Read read = ChangeReading.rows(reader, enough);
        keep(partition, read.state());
        return read.rows();
    }

    /** What rows have in {@code column}, none of which has it twice. */
    static Set<Object> numbers(List<Row> rows, String column) {
        Set<Object> numbers = new HashSet<>();
        rows.forEach(row -> assertThat(numbers.add(row.get(column)))
                .as("%s for the first time", row)
                .isTrue());
        return numbers;
    }
}
