package dev.penstock.benchmarks;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs the engine of Debezium in this JVM and throws its records away, as it has them: nothing is serialised. The clock
 * runs from its first batch, so that its start is not part of the work.
 */
final class PostgresDebeziumEngine {
    private static final String NAME = "debezium";
    private static final String SLOT = "bench_debezium";

    private PostgresDebeziumEngine() {}

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
