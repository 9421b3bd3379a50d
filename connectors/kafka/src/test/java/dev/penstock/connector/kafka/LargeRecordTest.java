package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriteMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records larger than whatever holds several of them. */
@Timeout(120)
@ExtendWith(RealBroker.class)
class LargeRecordTest {
    /** More than a piece of the spool, than may be under way at once, and than is fetched ahead. */
    private static final int SIZE = 9 << 20;

    @TempDir
    Path directory;

    @Test
    void aRecordLargerThanEveryBufferGoesThroughBetweenItsNeighbours(TestCluster cluster) {
        String topic = cluster.topic(1, Map.of("max.message.bytes", String.valueOf(SIZE + 4096)));
        try (Writing writing = Writing.of(cluster, directory, 1, Map.of("topic", topic))
                .planned(Writing.RECORDS, WriteMode.append())) {
            writing.commit(writing.prepared(1, "before", "x".repeat(SIZE), "after"));
        }
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic));
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            assertThat(Reading.rows(partition, 3).values())
                    .extracting(String::length)
                    .containsExactly("before".length(), SIZE, "after".length());
        }
    }
}
