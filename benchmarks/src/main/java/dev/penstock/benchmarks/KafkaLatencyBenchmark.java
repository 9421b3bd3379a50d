package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a row is on its way from topic to topic at 20,000 rows a second, the 99th percentile: seen by a reader of
 * committed rows, and without transactions.
 */
final class KafkaLatencyBenchmark implements Benchmark {
    @Override
    public String name() {
        return "kafka-latency";
    }

    @Override
    public String unit() {
        return "seconds";
    }

    @Override
    public boolean measuresSeconds() {
        return true;
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(contender(workplace, Contender.OURS, "exactly-once"));
        contenders.add(contender(workplace, "at-least-once", "at-least-once"));
        return contenders;
    }

    private Contender contender(Workplace workplace, String name, String delivery) throws IOException {
        String address = KafkaData.broker().bootstrapServers();
        Path pipeline = workplace.data(name()).resolve(delivery + ".yaml");
        Files.writeString(pipeline, """
                pipeline: latency-%1$s-${RUN}
                checkpoint: { interval: 1s, state: ./state }
                source:
                  connector: kafka
                  bootstrap-servers: %2$s
                  topics: in-${RUN}
                  format: ndjson
                  columns: { id: int64, email: string, sent: int64, note: string }
                transforms:
                  - mask: { fields: [email], method: hash, salt: benchmark }
                sink:
                  connector: kafka
                  bootstrap-servers: %2$s
                  topic: out-${RUN}
                  format: ndjson
                  delivery: %1$s
                  spool: ./spool
                """.formatted(delivery, address));
        return Contender.java(
                name, KafkaLatency.class, 1, List.of("-Xmx256m"), workplace.penstock(), pipeline, address);
    }
}
