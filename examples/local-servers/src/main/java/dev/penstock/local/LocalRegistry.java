package dev.penstock.local;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.ChildProcess.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry in a process of its own, Apicurio's, which serves the API of Confluent's: ready when {@link #start}
 * returns, on a free port. It ends with this process, however that ends.
 *
 * <p>Schemas are in its memory, and gone when it is. It needs about 240 MB.
 *
 * <p><b>Order of calls:</b> {@code start (stop | suspend | resume | restart)* close}. <b>Threads:</b> any.
 */
public final class LocalRegistry implements AutoCloseable {
    private static final String READY = "Installed features";
    private static final String TAKEN = "in use";

    private final Path directory;
    private final Map<String, String> properties;
    private int port;
    private @Nullable ChildProcess process;

    private LocalRegistry(Path directory, Map<String, String> properties) {
        this.directory = directory;
        this.properties = properties;
    }

    /** A registry that lets everybody do everything. */
    public static LocalRegistry start() {
        return start(Map.of());
    }

    /** A registry with {@code properties} of its own over the usual ones. */
    public static LocalRegistry start(Map<String, String> properties) {
        try {
            LocalRegistry registry =
                    new LocalRegistry(Files.createTempDirectory("penstock-registry-"), new TreeMap<>(properties));
            registry.startFirst();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a registry: " + e.getMessage(), e);
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
        List<String> options = new ArrayList<>(List.of(
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port));
        properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
        ChildProcess started = ChildProcess.start(
                ClassPath.of("registry"),
                new Command(options, "io.quarkus.runner.GeneratedMain", List.of()),
                directory.resolve("server.log"));
        process = started;
        started.awaitLog(READY);
    }

    /** The root of its API. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** The root of Apicurio's own API. */
    String ownUrl() {
        return "http://127.0.0.1:" + port + "/apis/registry/v2";
    }

    /** What it has written since it was last started. */
    public String log() {
        return requireNonNull(process, "process").log();
    }

    /** Ends it; its schemas are lost. */
    public synchronized void stop() {
        ChildProcess.end(process, ChildProcess::kill);
    }

    /** Starts it again on the same port, without schemas. */
    public synchronized void restart() {
        stop();
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot restart the registry: " + e.getMessage(), e);
        }
    }

    /** Lets it go on existing and answer nobody. */
    public void suspend() {
        requireNonNull(process, "process").suspend();
    }

    /** Lets a suspended registry go on. */
    public void resume() {
        requireNonNull(process, "process").resume();
    }

    /** Ends it and deletes its directory. */
    @Override
    public synchronized void close() {
        stop();
        Directories.delete(directory);
    }
}
