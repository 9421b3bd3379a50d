package dev.penstock.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A server written in Java in a process of its own, on a free port, with its files in a temporary directory that is
 * deleted at {@link #close}. It ends with this process, however that ends.
 *
 * <p><b>Order of calls:</b> {@code start (stop | kill | suspend | resume | restart)* close}, where each server has its
 * own {@code start}, after which it is ready. <b>Threads:</b> any.
 */
public abstract sealed class LocalServer implements AutoCloseable
        permits LocalIcebergCatalog, LocalKafka, LocalRegistry, LocalS3 {
    private static final String TAKEN = "in use";

    private final String name;
    private final Path directory;
    private int port;
    private @Nullable ChildProcess process;

    /**
     * A server that does not run yet.
     *
     * @param name what it is, for people and for the name of its directory
     */
    LocalServer(String name) {
        this.name = name;
        try {
            this.directory = Files.createTempDirectory("penstock-" + name.replace(' ', '-') + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a directory for a local " + name + ": " + e.getMessage(), e);
        }
    }

    /** Starts the process, which listens on {@link #port} once its log has {@link #ready}. */
    abstract ChildProcess launch() throws IOException;

    /** What the log says when the server is ready. */
    abstract String ready();

    /** A port was chosen, and another one may be if that is taken meanwhile. */
    void choose(int free) throws IOException {
        port = free;
    }

    /** Starts {@code server} for the first time; gives it when it is ready. */
    static <S extends LocalServer> S started(S server) {
        LocalServer any = server;
        any.startFirst();
        return server;
    }

    private void startFirst() {
        try {
            FreePort.launch(
                    free -> {
                        choose(free);
                        launchReady();
                    },
                    this::log,
                    TAKEN);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("Cannot start a local " + name + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private synchronized void launchReady() throws IOException {
        ChildProcess started = launch();
        process = started;
        started.awaitLog(ready());
    }

    /** The port clients connect to. */
    public final int port() {
        return port;
    }

    /** Where the server has its files; a place for those of a test as well. */
    public final Path directory() {
        return directory;
    }

    final Path logFile() {
        return directory.resolve("server.log");
    }

    /** What the server has written since it was last started. */
    public final String log() {
        return requireNonNull(process, "process").log();
    }

    /** The process of the server. */
    public final long pid() {
        return requireNonNull(process, "process").pid();
    }

    /** Ends the server in its own way; its data stays, unless that is in memory. */
    public final synchronized void stop() {
        ChildProcess.end(process, ChildProcess::stop);
    }

    /** Ends the server as a power cut does; its data stays, as far as the operating system has it. */
    public final synchronized void kill() {
        ChildProcess.end(process, ChildProcess::kill);
    }

    /** Lets the server go on existing and answer nobody. */
    public final void suspend() {
        requireNonNull(process, "process").suspend();
    }

    /** Lets a suspended server go on. */
    public final void resume() {
        requireNonNull(process, "process").resume();
    }

    /** Starts the server again, on the same port and data, ending it first if it runs. */
    public final synchronized void restart() {
        stop();
        try {
            launchReady();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot restart the local " + name + ": " + e.getMessage(), e);
        }
    }

    /** Ends the server and deletes its directory. */
    @Override
    public final synchronized void close() {
        kill();
        Directories.delete(directory);
    }
}
