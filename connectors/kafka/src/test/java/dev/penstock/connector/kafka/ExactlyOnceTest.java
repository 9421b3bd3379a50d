package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.FencedException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@ExtendWith(RealBroker.class)
class ExactlyOnceTest {
    @TempDir
    Path directory;

    private Writing incarnation(TestCluster cluster, String topic, long generation) {
        return Writing.of(cluster, directory, generation, Map.of("topic", topic))
                .planned(Writing.RECORDS, WriteMode.append());
    }

    @Test
    void nothingIsVisibleBeforeTheCommitAndAllAfter(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Writing writing = incarnation(cluster, topic, 1)) {
            Prepared prepared = writing.prepared(1, "a", "b");
            assertThat(cluster.committedValues(topic)).isEmpty();
            assertThat(writing.commit(prepared)).containsValue(Outcome.COMMITTED);
            assertThat(cluster.committedValues(topic)).containsExactly("a", "b");
        }
    }

    @Test
    void anEpochWithoutRowsLeavesNothing(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Writing writing = incarnation(cluster, topic, 1);
                SinkWriter writer = writing.writer(0, 1, -1)) {
            writer.begin(writing.epoch(1));
            assertThat(writer.prepare()).isEmpty();
        }
        assertThat(cluster.committedValues(topic)).isEmpty();
    }

    @Test
    void anotherIncarnationCommitsFromTheHandleAlone(TestCluster cluster) {
        String topic = cluster.topic(1);
        Prepared prepared;
        try (Writing first = incarnation(cluster, topic, 1)) {
            prepared = first.prepared(1, "a");
        }
        try (Writing second = incarnation(cluster, topic, 2)) {
            second.writer(0, 3, 1).close();
            assertThat(second.commit(prepared)).containsValue(Outcome.COMMITTED);
        }
        assertThat(cluster.committedValues(topic)).containsExactly("a");
    }

    @Test
    void aSecondCommitOfTheSameHandleChangesNothing(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Writing first = incarnation(cluster, topic, 1);
                Writing second = incarnation(cluster, topic, 2)) {
            Prepared prepared = first.prepared(1, "a");
            first.commit(prepared);
            assertThat(first.commit(prepared)).containsValue(Outcome.ALREADY_COMMITTED);
            assertThat(second.commit(prepared)).containsValue(Outcome.ALREADY_COMMITTED);
        }
        assertThat(cluster.committedValues(topic)).containsExactly("a");
    }

    @Test
    void aCommitIsRememberedBehindManyOthers(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Writing writing = incarnation(cluster, topic, 1)) {
            Prepared first = writing.prepared(1, "first");
            try (SinkCommitter committer = writing.sink().committer(Writing.SINK, "run1")) {
                committer.claim();
                committer.commit(first.epoch(), List.of(first));
                for (int epoch = 2; epoch < 60; epoch++) {
                    Prepared next = writing.prepared(epoch, "e" + epoch);
                    committer.commit(next.epoch(), List.of(next));
                }
            }
            assertThat(writing.commit(first)).containsValue(Outcome.ALREADY_COMMITTED);
        }
        assertThat(cluster.committedValues(topic)).hasSize(59).startsWith("first", "e2");
    }

    @Test
    void anEpochOfALaterRunWithTheSameNumberIsNotTakenForCommitted(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Writing first = incarnation(cluster, topic, 1)) {
            first.commit(first.prepared(4, "old"));
        }
        try (Writing second = incarnation(cluster, topic, 2)) {
            assertThat(second.commit(second.prepared(4, "new"))).containsValue(Outcome.COMMITTED);
        }
        assertThat(cluster.committedValues(topic)).containsExactly("old", "new");
    }

    @Test
    void severalEpochsAndWritersAreCommittedInOrder(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Writing writing = incarnation(cluster, topic, 1);
                SinkWriter one = writing.writer(0, 2, -1);
                SinkWriter two = writing.writer(1, 2, -1)) {
            Prepared first = writing.prepared(one, 1, "1a");
            Prepared second = writing.prepared(two, 1, "1b");
            Prepared third = writing.prepared(one, 2, "2a");
            assertThat(writing.commit(first, second, third).values()).containsOnly(Outcome.COMMITTED);
        }
        assertThat(cluster.committedValues(topic)).containsExactly("1a", "1b", "2a");
    }

    @Test
    void anOlderIncarnationCanNeitherPrepareNorCommit(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Writing old = incarnation(cluster, topic, 1);
                SinkWriter oldWriter = old.writer(0, 1, -1);
                SinkCommitter oldCommitter = old.sink().committer(Writing.SINK, "run1")) {
            oldCommitter.claim();
            Prepared prepared = old.prepared(oldWriter, 1, "zombie");
            try (Writing fresh = incarnation(cluster, topic, 2)) {
                fresh.commit(fresh.prepared(2, "fresh"));
            }
            assertThatThrownBy(() -> oldCommitter.commit(prepared.epoch(), List.of(prepared)))
                    .isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> old.prepared(oldWriter, 2, "again")).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> old.commit(prepared)).isInstanceOf(FencedException.class);
        }
        assertThat(cluster.committedValues(topic)).containsExactly("fresh");
    }

    @Test
    void aZombieOnAnotherHostIsFencedByTheBroker(TestCluster cluster, @TempDir Path otherHost) {
        String topic = cluster.topic(1);
        Map<String, Object> settings = Map.of("topic", topic, "commit-topic", topic + "-commits");
        try (Writing old = Writing.of(cluster, directory, 1, settings).planned(Writing.RECORDS, WriteMode.append());
                SinkCommitter oldCommitter = old.sink().committer(Writing.SINK, "run1")) {
            oldCommitter.claim();
            Prepared prepared = old.prepared(1, "zombie");
            try (Writing fresh = Writing.of(cluster, otherHost, 2, settings)) {
                fresh.planned(Writing.RECORDS, WriteMode.append()).commit(fresh.prepared(2, "fresh"));
            }
            assertThatThrownBy(() -> oldCommitter.commit(prepared.epoch(), List.of(prepared)))
                    .isInstanceOf(FencedException.class);
        }
        assertThat(cluster.committedValues(topic)).containsExactly("fresh");
    }

    @Test
    void aHandleWhoseRowsAreGoneIsLost(TestCluster cluster) throws IOException {
        String topic = cluster.topic(1);
        try (Writing writing = incarnation(cluster, topic, 1)) {
            Prepared gone = writing.prepared(1, "a");
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".spool")).toList()) {
                    Files.delete(file);
                }
            }
            assertThat(writing.commit(gone)).containsValue(Outcome.LOST);
        }
    }

    @Test
    void aWriterRemovesItsOwnStraysAndNothingElse(TestCluster cluster) throws IOException {
        String topic = cluster.topic(1);
        try (Writing first = incarnation(cluster, topic, 1);
                SinkWriter zero = first.writer(0, 2, -1);
                SinkWriter one = first.writer(1, 2, -1)) {
            first.prepared(zero, 1, "durable");
            first.prepared(zero, 2, "stray of 0");
            first.prepared(one, 2, "stray of 1");
        }
        try (Writing second = incarnation(cluster, topic, 2)) {
            second.writer(0, 2, 1).close();
            assertThat(spooled()).containsExactlyInAnyOrder("w0-e1-run1.spool", "w1-e2-run1.spool");
        }
    }

    private List<String> spooled() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".spool"))
                    .toList();
        }
    }

    @Test
    void aCommitSurvivesABrokerThatIsKilled(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Writing writing = incarnation(cluster, topic, 1);
                SinkCommitter committer = writing.sink().committer(Writing.SINK, "run1")) {
            committer.claim();
            Prepared prepared = writing.prepared(1, "a");
            cluster.kafka().kill();
            cluster.kafka().restart();
            assertThat(Retrying.until(() -> committer.commit(prepared.epoch(), List.of(prepared))))
                    .containsValue(Outcome.COMMITTED);
        }
        cluster.awaitNoneOpen(topic);
        assertThat(cluster.committedValues(topic)).containsExactly("a");
    }

    @Test
    void aLoginThatEndsBeforeTheAnswerToACommitDoublesNothing(TestCluster cluster) {
        String topic = cluster.topic(1);
        String commits = topic + "-commits";
        Map<String, Object> settings = Map.of("topic", topic, "commit-topic", commits);
        SinkSettings parsed = SinkSettings.of(SinkSettings.SPEC
                .parse(Map.of("bootstrap-servers", cluster.kafka().bootstrapServers(), "topic", topic))
                .orThrow());
        Clients clients = new Clients(parsed.connection(), directory, "test");
        Spool spool = new Spool(directory.resolve(parsed.spool()).resolve("test.kafka"), 1);
        AtomicInteger commitsLeft = new AtomicInteger(2);
        try (Writing writing =
                        Writing.of(cluster, directory, 1, settings).planned(Writing.RECORDS, WriteMode.append());
                SinkCommitter committer = new KafkaCommitter(
                        spool,
                        new CommitTopic(commits, Writing.SINK.getBytes(UTF_8), clients),
                        new Transactions(() -> new Unheard(cluster, commitsLeft)),
                        1)) {
            committer.claim();
            Prepared prepared = writing.prepared(1, "a");
            Supplier<Map<Prepared, Outcome>> commit = () -> committer.commit(prepared.epoch(), List.of(prepared));
            assertThat(Retrying.until(commit)).containsValue(Outcome.COMMITTED);
            assertThat(commit.get()).containsValue(Outcome.ALREADY_COMMITTED);
        }
        assertThat(commitsLeft).as("commits until the login ended").hasNonPositiveValue();
        cluster.awaitNoneOpen(topic);
        assertThat(cluster.committedValues(topic)).containsExactly("a");
    }

    /** A producer whose last commit is made, and then the login has ended when it asks what became of it. */
    private static final class Unheard extends KafkaProducer<byte[], byte @Nullable []> {
        private final AtomicInteger commitsLeft;

        Unheard(TestCluster cluster, AtomicInteger commitsLeft) {
            super(
                    Map.of(
                            "bootstrap.servers",
                            cluster.kafka().bootstrapServers(),
                            "transactional.id",
                            "penstock/" + Writing.SINK),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            this.commitsLeft = commitsLeft;
        }

        @Override
        public void commitTransaction() {
            super.commitTransaction();
            if (commitsLeft.decrementAndGet() == 0) {
                throw new SaslAuthenticationException("{\"status\":\"invalid_token\"}");
            }
        }
    }
}
