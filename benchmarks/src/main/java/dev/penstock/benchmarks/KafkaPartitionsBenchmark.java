package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A topic with 1,000 partitions of which ten have rows, beside one with no more than those ten. */
final class KafkaPartitionsBenchmark implements Benchmark {
    private static final long ROWS = 1_000_000;

    @Override
    public String name() {
        return "kafka-partitions";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException {
        long rows = workplace.scaled(ROWS);
        return List.of(
                contender(workplace, Contender.OURS, KafkaIdle.MANY, rows),
                contender(workplace, "ten", KafkaIdle.BUSY, rows));
    }

    private Contender contender(Workplace workplace, String name, int partitions, long rows)
            throws IOException, InterruptedException {
        String topic = KafkaData.spread(partitions, rows);
        Path pipeline = workplace.data(name()).resolve(name + ".yaml");
        Files.writeString(pipeline, """
                pipeline: partitions
                checkpoint: none
                source: { connector: kafka, bootstrap-servers: "%s", topics: %s, follow: false }
                sink: { connector: "null" }
                """.formatted(KafkaData.broker().bootstrapServers(), topic));
        return Contender.java(
                name, KafkaOurs.class, rows, KafkaData.ours(), pipeline, rows, rows, "source.topics=" + topic);
    }
}
