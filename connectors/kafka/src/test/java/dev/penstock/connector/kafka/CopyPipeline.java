package dev.penstock.connector.kafka;

import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.engine.OnEmbedded;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.spi.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline that copies one topic to another exactly once, partition by partition, on the embedded engine.
 *
 * @param bootstrapServers of the cluster
 * @param from the topic that is read
 * @param to the topic that is written, which has as many partitions
 * @param directory of its state and its spool
 */
record CopyPipeline(String bootstrapServers, String from, String to, Path directory) {
    private static final Duration EPOCH = Duration.ofMillis(100);
    private static final int WRITERS = 2;

    EngineJob job() {
        return job(Map.of(), Map.of());
    }

    /** With further settings. */
    EngineJob job(Map<String, Object> sourceSettings, Map<String, Object> sinkSettings) {
        Map<String, Object> source = new HashMap<>(
                Map.of("bootstrap-servers", bootstrapServers, "topics", from, "metadata", List.of("partition")));
        source.putAll(sourceSettings);
        Map<String, Object> sink = new HashMap<>(Map.of(
                "bootstrap-servers",
                bootstrapServers,
                "topic",
                to,
                "partition-column",
                "kafka_partition",
                "commit-topic",
                to + "-commits",
                "spool",
                directory.resolve("spool").toString()));
        sink.putAll(sinkSettings);
        return new EngineJob(
                "copy-" + to,
                new EngineJob.Step(new KafkaConnector(), source),
                new EngineJob.Step(new KafkaConnector(), sink),
                WriteMode.append(),
                WRITERS,
                EPOCH,
                directory.resolve("state"));
    }

    TestedEngine.Running start() {
        return new OnEmbedded().start(job());
    }
}
