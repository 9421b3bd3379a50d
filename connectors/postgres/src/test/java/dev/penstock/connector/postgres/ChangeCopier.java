package dev.penstock.connector.postgres;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.Poll;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Copies the changes of tables to a {@link ChangeLog} until it is killed; goes on where the one before was. */
public final class ChangeCopier {
    private static final Duration WAIT = Duration.ofMillis(50);

    private ChangeCopier() {}

    /** Takes the port of the server, the tables and the file. */
    public static void main(String[] args) throws IOException {
        ChangeLog log = new ChangeLog(Path.of(args[2]));
        Map<String, Object> settings = Map.of(
                "host",
                "127.0.0.1",
                "port",
                Integer.parseInt(args[0]),
                "database",
                "postgres",
                "user",
                "postgres",
                "tables",
                args[1],
                "slot",
                args[1].replaceAll("\\W", ""),
                "snapshot-chunk-rows",
                200);
        while (true) {
            Source source = new PostgresConnector()
                    .source(ChangeKeys.SPEC.parse(settings).orThrow());
            try (source) {
                source.open(new KitContext("test", "copier", 1, Path.of("")));
                source.provision();
                copy(source, log);
            } catch (RetryableException e) {
                System.err.println(e.getMessage());
            }
        }
    }

    private static void copy(Source source, ChangeLog log) throws IOException {
        var partition = source.discover(WAIT).partitions().get(0);
        try (SourcePartition reader = source.partition(partition, log.recover().state())) {
            System.out.println("reads");
            while (true) {
                if (reader.poll(50, 1 << 20, WAIT) instanceof Poll.Rows rows) {
                    log.append(rows);
                    reader.stateDurable(rows.after());
                }
            }
        }
    }
}
