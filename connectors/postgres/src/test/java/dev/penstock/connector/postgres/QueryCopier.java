package dev.penstock.connector.postgres;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies what is new in a table to a {@link ChangeLog} a partition until it is killed; goes on where the one before
 * was.
 */
public final class QueryCopier {
    private static final Duration WAIT = Duration.ofMillis(5);
    static final int PARTITIONS = 3;

    private QueryCopier() {}

    /** Takes the port of the server, the table and the files. */
    public static void main(String[] args) throws IOException {
        Map<String, Object> settings = Map.ofEntries(
                Map.entry("host", "127.0.0.1"),
                Map.entry("port", Integer.parseInt(args[0])),
                Map.entry("database", "postgres"),
                Map.entry("user", "postgres"),
                Map.entry("table", args[1]),
                Map.entry("cursor", "at"),
                Map.entry("columns", List.of("id", "version")),
                Map.entry("delay", "20ms"),
                Map.entry("follow", true),
                Map.entry("interval", "10ms"),
                Map.entry("partitions", PARTITIONS),
                Map.entry("statement-rows", 500));
        while (true) {
            try (Source source = new PostgresQueryConnector()
                    .source(QueryKeys.SPEC.parse(settings).orThrow())) {
                source.open(new KitContext("test", "copier", 1, Path.of("")));
                copy(source, args[2]);
            } catch (RetryableException e) {
                System.err.println(e.getMessage());
            }
        }
    }

    /** The file of partition {@code id}. */
    static Path file(String files, String id) {
        return Path.of(files + "-" + id);
    }

    private static void copy(Source source, String files) throws IOException {
        Map<String, ResumeState> known = new LinkedHashMap<>();
        for (int index = 1; index <= PARTITIONS; index++) {
            String id = "range-" + index;
            new ChangeLog(file(files, id)).recover().state().ifPresent(state -> known.put(id, state));
        }
        if (!known.isEmpty()) {
            source.restored(known);
        }
        Map<SourcePartition, ChangeLog> readers = new LinkedHashMap<>();
        try {
            for (Partition partition : source.discover(WAIT).partitions()) {
                readers.put(
                        source.partition(partition, Optional.ofNullable(known.get(partition.id()))),
                        new ChangeLog(file(files, partition.id())));
            }
            System.out.println("reads");
            while (true) {
                for (Map.Entry<SourcePartition, ChangeLog> each : readers.entrySet()) {
                    if (each.getKey().poll(50, 1 << 20, WAIT) instanceof Poll.Rows rows) {
                        each.getValue().append(rows);
                    }
                }
            }
        } finally {
            readers.keySet().forEach(SourcePartition::close);
        }
    }
}
