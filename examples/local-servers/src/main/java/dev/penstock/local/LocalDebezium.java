package dev.penstock.local;

import dev.penstock.local.ChildProcess.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Debezium's connectors for PostgreSQL, and what else one likes, in a Kafka Connect of one node, a process of its own:
 * they run when {@link #start} returns, and have begun to read soon after. It ends with this process, however that
 * ends.
 *
 * <p>Topics are created with one partition. It needs about 300 MB of memory.
 *
 * <p><b>Order of calls:</b> {@code start awaitStreaming? close}. <b>Threads:</b> any.
 */
public final class LocalDebezium implements AutoCloseable {
    private static final String CLASS = "connector.class";
    private static final String POSTGRES = "io.debezium.connector.postgresql.PostgresConnector";
    private static final String READY = "Kafka Connect started";
    private static final String STREAMING =
            "] INFO io.debezium.pipeline.ChangeEventSourceCoordinator - Starting streaming";
    private static final Duration LONGEST_SNAPSHOT = Duration.ofSeconds(90);
    private static final long LOOK_MILLIS = 20;

    private final Path directory;
    private final ChildProcess process;
    private final int connectors;

    private LocalDebezium(Path directory, ChildProcess process, int connectors) {
        this.directory = directory;
        this.process = process;
        this.connectors = connectors;
    }

    /**
     * Starts connectors.
     *
     * @param connectors the properties of each by its name; {@link #connector} gives the usual ones
     */
    public static LocalDebezium start(LocalKafka kafka, Map<String, Map<String, String>> connectors) {
        return start(kafka.bootstrapServers(), connectors);
    }

    /** As {@link #start(LocalKafka, Map)}, for the brokers at {@code bootstrapServers}. */
    static LocalDebezium start(String bootstrapServers, Map<String, Map<String, String>> connectors) {
        try {
            Path directory = Files.createTempDirectory("penstock-debezium-");
            return new LocalDebezium(directory, launch(bootstrapServers, connectors, directory), sources(connectors));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start Debezium: " + e.getMessage(), e);
        }
    }

    /**
     * The properties of a connector that writes {@code topic}, once there is such a topic, to the file {@code lines}, a
     * line for each record.
     */
    public static Map<String, String> lines(String topic, Path lines) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(CLASS, "org.apache.kafka.connect.file.FileStreamSinkConnector");
        properties.put("topics", topic);
        properties.put("file", lines.toString());
        return properties;
    }

    /** The properties of a connector that reads all of {@code postgres} and calls its topics {@code prefix}.x.y. */
    public static Map<String, String> connector(LocalPostgres postgres, String prefix) {
        Map<String, String> properties = connector("127.0.0.1:" + postgres.port(), postgres.user(), prefix);
        properties.put("database.dbname", postgres.database());
        return properties;
    }

    /** The properties of a connector that reads all of the database {@code postgres} at {@code address}. */
    static Map<String, String> connector(String address, String user, String prefix) {
        int colon = address.lastIndexOf(':');
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(CLASS, POSTGRES);
        properties.put("database.hostname", address.substring(0, colon));
        properties.put("database.port", address.substring(colon + 1));
        properties.put("database.user", user);
        properties.put("database.dbname", "postgres");
        properties.put("plugin.name", "pgoutput");
        properties.put("slot.name", prefix.replace('-', '_'));
        properties.put("publication.name", prefix.replace('-', '_'));
        properties.put("topic.prefix", prefix);
        properties.put("topic.creation.default.partitions", "1");
        properties.put("topic.creation.default.replication.factor", "1");
        return properties;
    }

    /**
     * What has to be added to the properties of a connector for its records to be in Avro, as Confluent's clients write
     * it, with their schemas in {@code registry}.
     */
    public static Map<String, String> avro(LocalRegistry registry) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String converter : List.of("key.converter", "value.converter")) {
            properties.put(converter, "io.apicurio.registry.utils.converter.AvroConverter");
            properties.put(converter + ".apicurio.registry.url", registry.ownUrl());
            properties.put(converter + ".apicurio.registry.auto-register", "true");
            properties.put(converter + ".apicurio.registry.find-latest", "true");
            properties.put(converter + ".apicurio.registry.as-confluent", "true");
            properties.put(converter + ".apicurio.registry.use-id", "contentId");
            properties.put(converter + ".apicurio.registry.headers.enabled", "false");
        }
        properties.put("schema.name.adjustment.mode", "avro");
        properties.put("field.name.adjustment.mode", "avro");
        return properties;
    }

    private static int sources(Map<String, Map<String, String>> connectors) {
        return (int) connectors.values().stream()
                .filter(properties -> POSTGRES.equals(properties.get(CLASS)))
                .count();
    }

    private static ChildProcess launch(
            String bootstrapServers, Map<String, Map<String, String>> connectors, Path directory) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(store(directory, "worker", worker(bootstrapServers, directory)));
        for (Map.Entry<String, Map<String, String>> connector : connectors.entrySet()) {
            Map<String, String> properties = new LinkedHashMap<>(connector.getValue());
            properties.put("name", connector.getKey());
            arguments.add(store(directory, connector.getKey(), properties));
        }
        ChildProcess process = ChildProcess.start(
                ClassPath.of("debezium"),
                new Command(
                        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                        "org.apache.kafka.connect.cli.ConnectStandalone",
                        arguments),
                directory.resolve("server.log"));
        process.awaitLog(READY);
        return process;
    }

    private static Map<String, String> worker(String bootstrapServers, Path directory) throws IOException {
        return Map.of(
                "bootstrap.servers", bootstrapServers,
                "key.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "offset.storage.file.filename", directory.resolve("offsets").toString(),
                "offset.flush.interval.ms", "1000",
                "plugin.discovery", "service_load",
                "consumer.metadata.max.age.ms", "500",
                "listeners", "http://127.0.0.1:" + FreePort.find());
    }

    private static String store(Path directory, String name, Map<String, String> properties) throws IOException {
        Path file = directory.resolve(name + ".properties");
        Properties stored = new Properties();
        stored.putAll(properties);
        try (Writer writer = Files.newBufferedWriter(file)) {
            stored.store(writer, null);
        }
        return file.toString();
    }

    /** Waits until every connector has read what there was, and goes on with what changes from then on. */
    public void awaitStreaming() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_SNAPSHOT.toNanos();
        while (log().split(Pattern.quote(STREAMING), -1).length <= connectors) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Cannot wait for Debezium: not all of " + connectors
                        + " connectors stream after " + LONGEST_SNAPSHOT + "; its log says:\n" + log());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** What it has written. */
    public String log() {
        return process.log();
    }

    /** Ends it and deletes its directory; the slots of its connectors stay. */
    @Override
    public void close() {
        try {
            process.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Directories.delete(directory);
    }
}
