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
import java.util.Optional;

/** Copies the changes of tables to a {@link ChangeLog} until it is killed; goes on where the one before was. */
public final class ChangeCopier {
    private static final Duration WAIT = Duration.ofMillis(50);

    /** How a process ends that dies at a place. */
    static final int DEAD = 137;

    private static final int FEW_BATCHES = 3;

    /** Where to die, without a farewell to anybody. */
    enum Death {
        /** In the middle of the rows that were there. */
        AMONG_ROWS,
        /** When the last of them have come, before that is known. */
        BEFORE_THE_HAND_OVER_IS_KEPT,
        /** When that is known, before the first change. */
        AFTER_THE_HAND_OVER_IS_KEPT,
        /** Among changes. */
        IN_THE_STREAM
    }

    private ChangeCopier() {}

    /** The slot for {@code tables}. */
    static String slot(String tables) {
        return tables.replaceAll("\\W", "");
    }

    /** Takes the port of the server, the tables, the file, and maybe where to die. */
    public static void main(String[] args) throws IOException {
        ChangeLog log = new ChangeLog(Path.of(args[2]));
        Optional<Death> death = args.length > 3 ? Optional.of(Death.valueOf(args[3])) : Optional.empty();
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
                slot(args[1]),
                "snapshot-chunk-rows",
                200);
        while (true) {
            Source source = new PostgresConnector()
                    .source(ChangeKeys.SPEC.parse(settings).orThrow());
            try (source) {
                source.open(new KitContext("test", "copier", 1, Path.of("")));
                source.provision();
                copy(source, log, death);
            } catch (RetryableException e) {
                System.err.println(e.getMessage());
            }
        }
    }

    private static void copy(Source source, ChangeLog log, Optional<Death> death) throws IOException {
        var partition = source.discover(WAIT).partitions().get(0);
        try (SourcePartition reader = source.partition(partition, log.recover().state())) {
            System.out.println("reads");
            boolean wasDone = false;
            int batches = 0;
            while (true) {
                if (reader.poll(50, 1 << 20, WAIT) instanceof Poll.Rows rows) {
                    boolean isDone = source.describe(rows.after()).containsValue("done");
                    boolean isHandOver = isDone && !wasDone;
                    dieIf(death, Death.BEFORE_THE_HAND_OVER_IS_KEPT, isHandOver);
                    log.append(rows);
                    batches++;
                    dieIf(death, Death.AFTER_THE_HAND_OVER_IS_KEPT, isHandOver);
                    dieIf(death, Death.AMONG_ROWS, !isDone && batches > FEW_BATCHES);
                    dieIf(death, Death.IN_THE_STREAM, isDone && batches > FEW_BATCHES);
                    wasDone = isDone;
                    reader.stateDurable(rows.after());
                }
            }
        }
    }

    private static void dieIf(Optional<Death> wanted, Death here, boolean isThere) {
        if (isThere && wanted.filter(here::equals).isPresent()) {
            Runtime.getRuntime().halt(DEAD);
        }
    }
}
