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
    private static final int ATTEMPTS = 3;

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
        for (int attempt = 1; ; attempt++) {
            port = FreePort.find();
            try {
                launch();
                return;
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS || !log().contains(TAKEN)) {
                    close();
                    throw e;
                }
            }
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
        try {
            started.awaitLog(READY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot start a registry: interrupted", e);
        }
    }

    /** The root of its API. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** What it has written since it was last started. */
    public String log() {
        try {
            return requireNonNull(process, "process").log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it; its schemas are lost. */
    public synchronized void stop() {
        ChildProcess running = process;
        if (running != null && running.isAlive()) {
            try {
                running.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
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
        signal("-STOP");
    }

    /** Lets a suspended registry go on. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            String pid = String.valueOf(requireNonNull(process, "process").pid());
            int status = new ProcessBuilder("kill", signal, pid).start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("Cannot send " + signal + " to the registry: status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it and deletes its directory. */
    @Override
    public synchronized void close() {
        stop();
        Directories.delete(directory);
    }
}
