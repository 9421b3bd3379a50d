package dev.penstock.local;

import dev.penstock.local.ChildProcess.Command;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A Kafka broker of one node.
 *
 * <p>Topics are not created by naming them, and its internal topics have one partition, so that it starts and answers
 * fast. It needs about 350 MB of memory.
 */
public final class LocalKafka extends LocalServer {
    private final Map<String, String> extra;
    private final List<String> format;
    private final List<String> options;
    private int controllerPort;

    private LocalKafka(Map<String, String> extra, List<String> format, List<String> options) {
        super("broker");
        this.extra = extra;
        this.format = format;
        this.options = options;
    }

    /** A broker with the usual properties. */
    public static LocalKafka start() {
        return start(Map.of());
    }

    /**
     * A broker with {@code properties} over the usual ones; in their values {@code {directory}}, {@code {port}} and
     * {@code {controller-port}} are filled in.
     */
    public static LocalKafka start(Map<String, String> properties) {
        return start(properties, List.of());
    }

    /**
     * As {@link #start(Map)}, with further arguments for the command that formats the directory, for example
     * {@code --add-scram SCRAM-SHA-256=[name=alice,password=secret]}.
     */
    public static LocalKafka start(Map<String, String> properties, List<String> format) {
        return start(properties, format, List.of());
    }

    /** As {@link #start(Map, List)}, with further {@code options} for Java, for example {@code -Dname=value}. */
    public static LocalKafka start(Map<String, String> properties, List<String> format, List<String> options) {
        return started(new LocalKafka(new LinkedHashMap<>(properties), List.copyOf(format), List.copyOf(options)));
    }

    @Override
    void choose(int free) throws IOException {
        super.choose(free);
        controllerPort = FreePort.find();
    }

    @Override
    ChildProcess launch() throws IOException {
        Path properties = directory().resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(properties)) {
            properties().store(writer, null);
        }
        List<String> arguments = new ArrayList<>(List.of(properties.toString(), data().toString()));
        arguments.addAll(format);
        List<String> java = new ArrayList<>(
                List.of("-Xmx256m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        java.addAll(options);
        return ChildProcess.start(
                ClassPath.of("kafka"), new Command(java, KafkaMain.class.getName(), arguments), logFile());
    }

    @Override
    String ready() {
        return "Kafka Server started";
    }

    private static void putLogs(Properties properties) {
        // Records with times of long ago stay, too; all are gone when the broker ends.
        properties.put("log.retention.ms", "-1");
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");
        properties.put("log.index.size.max.bytes", "262144");
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller-port}");
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:{port}");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", "1@127.0.0.1:{controller-port}");
        properties.put("log.dirs", data().toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        // After a kill, nobody can register as this broker until its session is over.
        properties.put("broker.session.timeout.ms", "2000");
        properties.put("broker.heartbeat.interval.ms", "300");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "2");
        putLogs(properties);
        properties.putAll(extra);
        properties.replaceAll((key, value) -> value.toString()
                .replace("{port}", String.valueOf(port()))
                .replace("{controller-port}", String.valueOf(controllerPort))
                .replace("{directory}", directory().toString()));
        return properties;
    }

    private Path data() {
        return directory().resolve("data");
    }

    /** Where clients connect to, as {@code host:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    /** The port that brokers of one cluster connect to. */
    int controllerPort() {
        return controllerPort;
    }

    /** As {@link #restart()}, with {@code properties} over those it had. */
    public synchronized void restart(Map<String, String> properties) {
        extra.putAll(properties);
        restart();
    }
}
