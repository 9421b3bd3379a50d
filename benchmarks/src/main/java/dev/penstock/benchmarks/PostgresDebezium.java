package dev.penstock.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.penstock.local.LocalDebezium;
import dev.penstock.local.LocalPostgres;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs the engine of Debezium in this JVM and throws its records away, as it has them: nothing is serialised. The clock
 * runs from its first batch, so that its start is not part of the work.
 */
final class PostgresDebezium {
    private static final String NAME = "debezium";
    private static final String SLOT = "bench_debezium";
    private static final String STREAM = "no_data";
    private static final String SNAPSHOT = "initial_only";

    private PostgresDebezium() {}

    /** Reads a log of changes. */
    static Contender stream(String url, PostgresChanges changes) throws IOException {
        return contender(
                changes.changes(),
                url,
                STREAM,
                PostgresChanges.PUBLICATION,
                changes.allTables() ? "public.pgbench_.*" : "public.pgbench_accounts",
                changes.warm(),
                changes.warmChanges(),
                changes.whole(),
                changes.changes());
    }

    /** Reads a table of {@code rows} rows, once to warm up. */
    static Contender snapshot(String url, String table, long rows) throws IOException {
        String slot = PostgresSlot.NONE;
        return contender(rows, url, SNAPSHOT, "bench_debezium", "public." + table, slot, rows, slot, rows);
    }

    /** A JVM with what Debezium runs on, and as much heap as ours. */
    private static Contender contender(long units, String url, Object... further) throws IOException {
        LocalPostgres postgres = PostgresData.server();
        Path ours = Path.of(System.getProperty("class-path.arguments"));
        Path theirs = ours.resolveSibling("debezium.arguments");
        List<String> jars = new ArrayList<>();
        jars.add(ours.resolveSibling("classes").toString());
        try (var copied = Files.list(ours.resolveSibling(NAME))) {
            copied.map(Path::toString).forEach(jars::add);
        }
        try (InputStream list = LocalDebezium.class.getResourceAsStream("debezium.class-path")) {
            jars.add(new String(requireNonNull(list, "the jars of Debezium").readAllBytes(), UTF_8).strip());
        }
        Files.writeString(theirs, "-cp \"" + String.join(File.pathSeparator, jars) + "\"\n");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(KafkaData.ours());
        command.addAll(List.of("@" + theirs, PostgresDebezium.class.getName()));
        command.addAll(List.of(url, String.valueOf(postgres.port()), postgres.user(), postgres.database()));
        List.of(further).forEach(argument -> command.add(argument.toString()));
        return new Contender(NAME, command, units);
    }

    /**
     * Arguments: the server and how to connect to it, what is read, the publication, the tables, and for warming up and
     * for the whole which slot is copied and how many records come.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String url = arguments[0];
        read(url, arguments[7], new Counter(Long.parseLong(arguments[8]), false), properties(arguments));
        read(url, arguments[9], new Counter(Long.parseLong(arguments[10]), true), properties(arguments));
    }

    private static void read(String url, String origin, Counter counter, Properties properties)
            throws IOException, InterruptedException {
        try (PostgresSlot slot = PostgresSlot.copy(url, origin, SLOT)) {
            DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine = DebeziumEngine.create(Connect.class)
                    .using(properties)
                    .notifying(counter)
                    .using((success, message, failure) -> counter.ended(slot.name() + ": " + message))
                    .build();
            Thread runner = new Thread(engine, NAME);
            runner.start();
            counter.await();
            engine.close();
            runner.join();
        }
    }

    private static Properties properties(String[] arguments) {
        Properties properties = new Properties();
        properties.setProperty("name", NAME);
        properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        properties.setProperty("offset.flush.interval.ms", "60000");
        properties.setProperty("topic.prefix", NAME);
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", SLOT);
        properties.setProperty("database.hostname", "127.0.0.1");
        properties.setProperty("database.port", arguments[1]);
        properties.setProperty("database.user", arguments[2]);
        properties.setProperty("database.dbname", arguments[3]);
        properties.setProperty("snapshot.mode", arguments[4]);
        properties.setProperty("publication.name", arguments[5]);
        properties.setProperty("publication.autocreate.mode", "filtered");
        properties.setProperty("table.include.list", arguments[6]);
        properties.setProperty("tombstones.on.delete", "false");
        return properties;
    }

    /** Counts records, and lets the clock run from the first batch to the last. */
    private static final class Counter
            implements DebeziumEngine.ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>> {
        private final CountDownLatch done = new CountDownLatch(1);
        private final long expected;
        private final boolean prints;
        private @Nullable Measured measured;
        private volatile long count;
        private volatile @Nullable String failure;

        Counter(long expected, boolean prints) {
            this.expected = expected;
            this.prints = prints;
        }

        @Override
        public void handleBatch(
                List<ChangeEvent<SourceRecord, SourceRecord>> records,
                DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
                throws InterruptedException {
            Measured running = measured == null ? Measured.start() : measured;
            measured = running;
            for (ChangeEvent<SourceRecord, SourceRecord> each : records) {
                committer.markProcessed(each);
            }
            committer.markBatchFinished();
            long now = count + records.size();
            if (count < expected && now >= expected) {
                if (prints) {
                    running.print(now);
                }
                done.countDown();
            }
            count = now;
        }

        void ended(String how) {
            failure = how;
            done.countDown();
        }

        void await() throws InterruptedException {
            done.await();
            if (failure != null && count < expected) {
                throw new IllegalStateException("Debezium ended after " + count + " records, " + failure);
            }
        }
    }
}
