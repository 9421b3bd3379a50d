package dev.penstock.connector.postgres;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Counts the changes of a table up to what there is when it starts. */
public final class ChangeCounter {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private ChangeCounter() {}

    /** Takes the port of the server, the table, whose name the slot has too, and what rows are; prints their number. */
    public static void main(String[] args) {
        Map<String, Object> settings = Map.of(
                "host",
                "127.0.0.1",
                "port",
                Integer.parseInt(args[0]),
                "database",
                "postgres",
                "user",
                ChangedServer.READER,
                "tables",
                args[1],
                "slot",
                args[1],
                "rows",
                args[2],
                "snapshot",
                "never",
                "follow",
                false);
        try (Source source =
                new PostgresConnector().source(ChangeKeys.SPEC.parse(settings).orThrow())) {
            source.open(new KitContext("test", "counter", 1, Path.of("")));
            SourcePartition partition =
                    source.partition(source.discover(WAIT).partitions().get(0), Optional.empty());
            long rows = 0;
            Poll poll = partition.poll(4096, 1 << 20, WAIT);
            while (!(poll instanceof Poll.End)) {
                rows += poll instanceof Poll.Rows found ? found.rows().rowCount() : 0;
                poll = partition.poll(4096, 1 << 20, WAIT);
            }
            System.out.println(rows);
        }
    }
}
