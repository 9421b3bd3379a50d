package dev.penstock.local;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.ChildProcess.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A service with the API of S3 in a process of its own, S3Proxy: ready when {@link #start} returns, on a free port,
 * with its buckets in a temporary directory that is deleted at {@link #close}. It ends with this process, however that
 * ends.
 *
 * <p>Clients must put the name of the bucket into the path. It needs about 160 MB of memory.
 *
 * <p><b>Order of calls:</b> {@code start (stop | kill | suspend | resume | restart)* close}. <b>Threads:</b> any.
 */
public final class LocalS3 implements AutoCloseable {
    /** The only region there is. */
    public static final String REGION = "us-east-1";

    private static final String READY = "{STARTING}[";
    private static final String TAKEN = "Address already in use";

    private final Path directory;
    private final Map<String, String> extra;
    private int port;
    private @Nullable ChildProcess process;

    private LocalS3(Path directory, Map<String, String> extra) {
        this.directory = directory;
        this.extra = extra;
    }

    /** A service that lets everybody do everything and looks at no signature. */
    public static LocalS3 start() {
        return start(Map.of("s3proxy.authorization", "none"));
    }

    /** A service that wants requests to be signed with this key. */
    public static LocalS3 start(String accessKey, String secretKey) {
        return start(Map.of(
                "s3proxy.authorization", "aws-v2-or-v4",
                "s3proxy.identity", accessKey,
                "s3proxy.credential", secretKey));
    }

    /** A service with {@code properties} of its own over the usual ones, by the names that S3Proxy gives them. */
    public static LocalS3 start(Map<String, String> properties) {
        try {
            LocalS3 s3 = new LocalS3(Files.createTempDirectory("penstock-s3-"), new TreeMap<>(properties));
            s3.startFirst();
            return s3;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start an S3 service: " + e.getMessage(), e);
        }
    }

    private void startFirst() throws IOException {
        Files.createDirectories(buckets());
        try {
            FreePort.launch(
                    free -> {
                        port = free;
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
        Path file = directory.resolve("s3.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties().store(writer, null);
        }
        ChildProcess started = ChildProcess.start(
                ClassPath.of("s3"),
                new Command(
                        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                        "org.gaul.s3proxy.Main",
                        List.of("--properties", file.toString())),
                directory.resolve("server.log"));
        process = started;
        started.awaitLog(READY);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("s3proxy.endpoint", endpoint());
        properties.put("jclouds.provider", "filesystem-nio2");
        properties.put("jclouds.identity", "local");
        properties.put("jclouds.credential", "local");
        properties.put("jclouds.filesystem.basedir", buckets().toString());
        properties.putAll(extra);
        return properties;
    }

    private Path buckets() {
        return directory.resolve("buckets");
    }

    /** Where clients connect to, as a URL. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** The port clients connect to. */
    public int port() {
        return port;
    }

    /** Makes a bucket, if it is not there, without asking the service. */
    public void createBucket(String name) {
        try {
            Files.createDirectories(buckets().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create bucket '" + name + "': " + e.getMessage(), e);
        }
    }

    /** What the service has written since it was last started. */
    public String log() {
        return requireNonNull(process, "process").log();
    }

    /** The process of the service. */
    public long pid() {
        return requireNonNull(process, "process").pid();
    }

    /** Ends the service in its own way; its buckets stay. */
    public synchronized void stop() {
        ChildProcess.end(process, ChildProcess::stop);
    }

    /** Ends the service as a power cut does; its buckets stay, as far as the operating system has them. */
    public synchronized void kill() {
        ChildProcess.end(process, ChildProcess::kill);
    }

    /** Lets the service go on existing and answer nobody. */
    public void suspend() {
        requireNonNull(process, "process").suspend();
    }

    /** Lets a suspended service go on. */
    public void resume() {
        requireNonNull(process, "process").resume();
    }

    /** Starts the service again, on the same port and buckets, ending it first if it runs. */
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
            throw new UncheckedIOException("Cannot restart the S3 service: " + e.getMessage(), e);
        }
    }

    /** Ends the service and deletes its buckets. */
    @Override
    public synchronized void close() {
        kill();
        Directories.delete(directory);
    }
}
