package dev.penstock.local;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.ChildProcess.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An Iceberg catalog with the REST API in a process of its own, the one that Iceberg itself is tested with: ready when
 * {@link #start} returns, on a free port. It ends with this process, however that ends.
 *
 * <p>What it knows is in a database in a temporary directory, which is deleted at {@link #close}, and so is the
 * warehouse, unless that is said to be elsewhere. It needs about 120 MB of memory, and 170 MB with S3.
 *
 * <p><b>Order of calls:</b> {@code start (stop | kill | suspend | resume | restart)* close}. <b>Threads:</b> any.
 */
public final class LocalIcebergCatalog implements AutoCloseable {
    private static final String READY = "{STARTING}[";
    private static final String TAKEN = "Address already in use";

    private final Path directory;
    private final Map<String, String> extra;
    private int port;
    private @Nullable ChildProcess process;

    private LocalIcebergCatalog(Path directory, Map<String, String> extra) {
        this.directory = directory;
        this.extra = extra;
    }

    /** A catalog whose warehouse is a local directory. */
    public static LocalIcebergCatalog start() {
        return start(Map.of());
    }

    /** A catalog whose warehouse is in a bucket, which must exist, of a service that wants no key. */
    public static LocalIcebergCatalog start(LocalS3 s3, String bucket) {
        return start(Map.of(
                "warehouse", "s3://" + bucket + "/warehouse",
                "io-impl", "org.apache.iceberg.aws.s3.S3FileIO",
                "s3.endpoint", s3.endpoint(),
                "s3.path-style-access", "true",
                "s3.access-key-id", "local",
                "s3.secret-access-key", "local",
                "client.region", LocalS3.REGION,
                "http-client.type", "urlconnection",
                // The usual one needs clients of services that are not there.
                "s3.client-factory-impl", "org.apache.iceberg.aws.s3.DefaultS3FileIOAwsClientFactory"));
    }

    /** A catalog with {@code properties} over the usual ones, by the names that Iceberg gives them. */
    public static LocalIcebergCatalog start(Map<String, String> properties) {
        try {
            LocalIcebergCatalog catalog =
                    new LocalIcebergCatalog(Files.createTempDirectory("penstock-iceberg-"), new TreeMap<>(properties));
            catalog.startFirst();
            return catalog;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start an Iceberg catalog: " + e.getMessage(), e);
        }
    }

    private void startFirst() throws IOException {
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
        ChildProcess started = ChildProcess.start(
                ClassPath.of("iceberg"),
                new Command(
                        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                        "org.apache.iceberg.rest.RESTCatalogServer",
                        List.of()),
                environment(),
                directory.resolve("server.log"));
        process = started;
        started.awaitLog(READY);
    }

    /** The server takes its properties from variables, with two underscores for a dash and one for a dot. */
    private Map<String, String> environment() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("rest.port", String.valueOf(port));
        properties.put("uri", "jdbc:sqlite:" + directory.resolve("catalog.db") + "?busy_timeout=30000");
        properties.put("warehouse", warehouse().toUri().toString());
        properties.putAll(extra);
        Map<String, String> environment = new HashMap<>();
        properties.forEach((name, value) -> environment.put(
                "CATALOG_" + name.replace("-", "__").replace('.', '_').toUpperCase(Locale.ROOT), value));
        return environment;
    }

    /** The root of its API. */
    public String uri() {
        return "http://127.0.0.1:" + port;
    }

    /** The port clients connect to. */
    public int port() {
        return port;
    }

    /** The local directory of the warehouse; of no use if that was said to be elsewhere. */
    public Path warehouse() {
        return directory.resolve("warehouse");
    }

    /** What the catalog has written since it was last started. */
    public String log() {
        return requireNonNull(process, "process").log();
    }

    /** The process of the catalog. */
    public long pid() {
        return requireNonNull(process, "process").pid();
    }

    /** Ends the catalog in its own way; what it knows stays. */
    public synchronized void stop() {
        ChildProcess.end(process, ChildProcess::stop);
    }

    /** Ends the catalog as a power cut does. */
    public synchronized void kill() {
        ChildProcess.end(process, ChildProcess::kill);
    }

    /** Lets the catalog go on existing and answer nobody. */
    public void suspend() {
        requireNonNull(process, "process").suspend();
    }

    /** Lets a suspended catalog go on. */
    public void resume() {
        requireNonNull(process, "process").resume();
    }

    /** Starts the catalog again, on the same port and database, ending it first if it runs. */
    public synchronized void restart() {
        stop();
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot restart the catalog: " + e.getMessage(), e);
        }
    }

    /** Ends the catalog and deletes its directory. */
    @Override
    public synchronized void close() {
        kill();
        Directories.delete(directory);
    }
}
