package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Topics to nowhere: their bytes as they are beside a bare consumer, and as columns beside Flink. */
record KafkaReadBenchmark(boolean json) implements Benchmark {
    private static final long ROWS = 2_000_000;
    /** Flink is slower, and events a second are compared. */
    private static final double OF_FLINK = 0.5;

    @Override
    public String name() {
        return json ? "kafka-json" : "kafka-null";
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
        Path pipeline = workplace.data(name()).resolve("pipeline.yaml");
        Files.writeString(pipeline, """
                pipeline: read
                checkpoint: none
                source:
                  connector: kafka
                  bootstrap-servers: %s
                  topics: %s
                  follow: false
                %s
                sink: { connector: "null" }
                """.formatted(address, topic, json ? decoded() : ""));
        Contender ours = Contender.java(
                Contender.OURS,
                KafkaOurs.class,
                rows,
                KafkaData.ours(),
                pipeline,
                rows,
                rows,
                "source.topics=" + topic + KafkaData.WARM);
        if (!json) {
            return List.of(
                    ours,
                    Contender.java(
                            Contender.CEILING, KafkaRawConsumer.class, rows, KafkaData.ours(), address, topic, rows));
        }
        String half = KafkaData.orders(Math.round(OF_FLINK * rows));
        return List.of(
                ours,
                KafkaData.flink(
                        Math.round(OF_FLINK * rows),
                        "filter",
                        address,
                        half,
                        Math.round(OF_FLINK * rows),
                        workplace.data(name())));
    }

    private static String decoded() {
        return """
                  format: ndjson
                  columns: { id: int64, email: string, name: string, city: string, amount: float64, quantity: int32, paid: boolean, note: string }
                transforms:
                  - filter: "quantity >= 10"
                """;
    }
}
