package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.engine.OnEmbedded;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.conformance.process.CrashPoint;
import dev.penstock.conformance.process.CrashingPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an epoch that is durable and not committed while no pipeline runs. */
@Timeout(300)
@ExtendWith(RealBroker.class)
class DowntimeTest {
    private static final int ROWS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void aPipelineThatWasDownLongerThanItsTransactionsMayLastLosesAndDoublesNothing(TestCluster cluster)
            throws Exception {
        String from = cluster.topic(1);
        String to = cluster.topic(1);
        CopyPipeline copy = new CopyPipeline(cluster.kafka().bootstrapServers(), from, to, directory);
        EngineJob job = copy.job(Map.of(), Map.of("transaction-timeout", "1s"));
        CrashingPipeline pipeline = new CrashingPipeline(
                new OnEmbedded(),
                Files.createDirectories(directory.resolve("child")),
                getClass().getClassLoader());
        cluster.send(from, 0, CommittedReader.numbers(0, 0, ROWS));
        for (CrashPoint point : List.of(CrashPoint.BEFORE_COMMIT, CrashPoint.AFTER_COMMIT)) {
            assertThat(pipeline.crash(job, point, 1)).as("the kill at " + point).isPresent();
            awaitTimedOutTransaction(cluster, to + point);
        }
        cluster.send(from, 0, CommittedReader.numbers(0, ROWS, 2 * ROWS));
        try (CommittedReader reader = new CommittedReader(copy.bootstrapServers(), to, 1)) {
            try (TestedEngine.Running running = new OnEmbedded().start(job)) {
                reader.await(2 * ROWS, PATIENCE);
                assertThat(running.await(Duration.ZERO)).as("whether it ended").isFalse();
            }
            reader.requireEachOnceInOrder(1, 2 * ROWS);
        }
    }

    /** A transaction that was begun just now, and may last as long, is aborted by the broker. */
    private static void awaitTimedOutTransaction(TestCluster cluster, String id) {
        String topic = cluster.topic(1);
        try (KafkaProducer<byte[], byte[]> witness =
                cluster.producer(Map.of("transactional.id", id, "transaction.timeout.ms", "1000"))) {
            witness.initTransactions();
            witness.beginTransaction();
            TestCluster.await(witness.send(new ProducerRecord<>(topic, new byte[1])));
            Waiting.until(
                    "abort of '" + id + "'",
                    PATIENCE,
                    () -> TestCluster.await(cluster.admin()
                                    .describeTransactions(List.of(id))
                                    .description(id))
                            .state()
                            .equals(TransactionState.COMPLETE_ABORT));
        }
    }
}
