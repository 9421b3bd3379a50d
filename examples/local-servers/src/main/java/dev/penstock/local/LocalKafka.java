package dev.penstock.local;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.ChildProcess.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker of one node in a process of its own: ready when {@link #start} returns, on a free port, with its data
 * in a temporary directory that is deleted at {@link #close}. It ends with this process, however that ends.
 *
 * <p>Topics are not created by naming them, and its internal topics have one partition, so that it starts and answers
 * fast. It needs about 350 MB of memory.
 *
 * <p><b>Order of calls:</b> {@code start (stop | kill | suspend | resume | restart)* close}. <b>Threads:</b> any.
 */
public final class LocalKafka implements AutoCloseable {
    private static final String READY = "Kafka Server started";
    private static final String TAKEN = "Address already in use";

    private final Path directory;
    private final Map<String, String> extra;
    private final List<String> format;
    private int port;
    private int controllerPort;
    private @Nullable ChildProcess process;

    private LocalKafka(Path directory, Map<String, String> extra, List<String> format) {
        this.directory = directory;
        this.extra = extra;
        this.format = format;
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
        try {
            LocalKafka kafka = new LocalKafka(
                    Files.createTempDirectory("penstock-kafka-"), new LinkedHashMap<>(properties), List.copyOf(format));
            kafka.startFirst();
            return kafka;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a broker: " + e.getMessage(), e);
        }
    }

    private void startFirst() throws IOException {
        try {
            FreePort.launch(
                    free -> {
                        port = free;
                        controllerPort = FreePort.find();
                        launch();
                    },
                    this::log,
                    TAKEN);
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    private synchronized void launch() throws IOException {
        Path properties = directory.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(properties)) {
            properties().store(writer, null);
        }
        List<String> arguments = new ArrayList<>(List.of(properties.toString(), data().toString()));
        arguments.addAll(format);
        ChildProcess started = ChildProcess.start(
                ClassPath.of("kafka"),
                new Command(
                        List.of("-Xmx256m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                        KafkaMain.class.getName(),
                        arguments),
                logFile());
        process = started;
        started.awaitLog(READY);
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
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");
        properties.put("log.index.size.max.bytes", "262144");
        properties.putAll(extra);
        properties.replaceAll((key, value) -> value.toString()
                .replace("{port}", String.valueOf(port))
                .replace("{controller-port}", String.valueOf(controllerPort))
                .replace("{directory}", directory.toString()));
        return properties;
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path logFile() {
        return directory.resolve("server.log");
    }

    /** Where clients connect to, as {@code host:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The port clients connect to. */
    public int port() {
        return port;
    }

    /** The port that brokers of one cluster connect to. */
    int controllerPort() {
        return controllerPort;
    }

    /** Where the broker has its files; a place for those of a test as well. */
    public Path directory() {
        return directory;
    }

    /** What the broker has written since it was last started. */
    public String log() {
        return requireNonNull(process, "process").log();
    }

    /** The process of the broker. */
    public long pid() {
        return requireNonNull(process, "process").pid();
    }

    /** Ends the broker in its own way; its data stays. */
    public synchronized void stop() {
        ChildProcess.end(process, ChildProcess::stop);
    }

    /** Ends the broker as a power cut does; its data stays, as far as the operating system has it. */
    public synchronized void kill() {
        ChildProcess.end(process, ChildProcess::kill);
    }

    /** Lets the broker go on existing and answer nobody. */
    public void suspend() {
        requireNonNull(process, "process").suspend();
    }

    /** Lets a suspended broker go on. */
    public void resume() {
        requireNonNull(process, "process").resume();
    }

    /** Starts the broker again, on the same port and data, ending it first if it runs. */
    public synchronized void restart() {
        restart(Map.of());
    }

    /** As {@link #restart()}, with {@code properties} over those it had. */
    public synchronized void restart(Map<String, String> properties) {
        stop();
        extra.putAll(properties);
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot restart the broker: " + e.getMessage(), e);
        }
    }

    /** Ends the broker and deletes its directory. */
    @Override
    public synchronized void close() {
        kill();
        Directories.delete(directory);
    }
}
