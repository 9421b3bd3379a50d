package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A topic, masked, into another topic, exactly once at 1 s, beside Flink. */
final class KafkaCopyBenchmark implements Benchmark {
    static final String OUT = "masked";
    private static final long ROWS = 1_000_000;

    @Override
    public String name() {
        return "kafka-kafka";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException {
        long rows = workplace.scaled(ROWS);
        String topic = KafkaData.orders(rows);
        String address = KafkaData.broker().bootstrapServers();
        KafkaData.createForgetful(OUT);
        Path directory = workplace.data(name());
        Path pipeline = directory.resolve("pipeline.yaml");
        Files.writeString(pipeline, """
                pipeline: mask
                checkpoint: { interval: 1s, state: ./state }
                source:
                  connector: kafka
                  bootstrap-servers: %1$s
                  topics: %2$s
                  follow: false
                  format: ndjson
                  columns: { id: int64, email: string, name: string, city: string, amount: float64, quantity: int32, paid: boolean, note: string }
                transforms:
                  - mask: { fields: [email], method: hash, salt: benchmark }
                  - mask: { fields: [name], method: redact }
                sink:
                  connector: kafka
                  bootstrap-servers: %1$s
                  topic: %3$s
                  format: ndjson
                  spool: ./spool
                """.formatted(address, topic, OUT));
        return List.of(
                Contender.java(
                        Contender.OURS,
                        KafkaOurs.class,
                        rows,
                        KafkaData.ours(),
                        pipeline,
                        rows,
                        rows,
                        "source.topics=" + topic + KafkaData.WARM),
                KafkaData.flink(rows, "mask", address, topic, rows, directory.resolve("flink")));
    }
}
