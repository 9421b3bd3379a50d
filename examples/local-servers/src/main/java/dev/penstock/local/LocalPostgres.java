package dev.penstock.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server in processes of its own: ready when {@link #start} returns, on a free port of this machine alone,
 * with its data in a temporary directory that is deleted at {@link #close}. It ends with this process, however that
 * ends.
 *
 * <p>There is a database and a superuser, both called {@code postgres}, without a password. Logical replication is on;
 * nothing is forced to disk, so data survives the death of the server but not that of the machine.
 *
 * <p><b>Order of calls:</b> {@code start (stop | kill | suspend | resume | restart)* close}. <b>Threads:</b> any.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final String NAME = "postgres";
    private static final String READY = "database system is ready to accept connections";
    private static final String TAKEN = "could not bind IPv4 address";
    /** Runs its arguments, and ends them once its input ends, which it does when the parent ends. */
    private static final String GUARD = """
            exec 3<&0
            "$@" 3<&- </dev/null &
            server=$!
            { read -r line <&3; kill -QUIT $server; } &
            watch=$!
            wait $server
            status=$?
            kill $watch
            exit $status
            """;

    private final PostgresPrograms programs;
    private final Path directory;
    private final Map<String, String> settings;
    private int port;
    private @Nullable ChildProcess process;

    private LocalPostgres(PostgresPrograms programs, Path directory, Map<String, String> settings) {
        this.programs = programs;
        this.directory = directory;
        this.settings = settings;
    }

    /** Which PostgreSQL. */
    public enum Release {
        POSTGRES_14(14),
        POSTGRES_18(18);

        private final int major;

        Release(int major) {
            this.major = major;
        }

        /** The number of the major version. */
        public int major() {
            return major;
        }
    }

    /** A server of the newest release with the usual settings. */
    public static LocalPostgres start() {
        return start(Release.POSTGRES_18, Map.of());
    }

    /** A server with {@code settings}, as postgresql.conf has them, over the usual ones. */
    public static LocalPostgres start(Release release, Map<String, String> settings) {
        try {
            PostgresPrograms programs = PostgresPrograms.of(release);
            Path directory = Files.createTempDirectory("penstock-postgres-");
            programs.give(directory);
            LocalPostgres postgres = new LocalPostgres(programs, directory, new LinkedHashMap<>(settings));
            postgres.startFirst();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start PostgreSQL: " + e.getMessage(), e);
        }
    }

    private void startFirst() throws IOException {
        try {
            programs.run(
                    "initdb",
                    List.of("-D", data().toString(), "-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"));
            FreePort.launch(
                    free -> {
                        port = free;
                        launch();
                    },
                    this::log,
                    TAKEN);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private synchronized void launch() throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "sh"));
        command.addAll(programs.command("postgres", arguments()));
        ChildProcess started = ChildProcess.start(command, directory.resolve("server.log"));
        process = started;
        started.awaitLog(READY);
    }

    private List<String> arguments() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("listen_addresses", "127.0.0.1");
        all.put("port", String.valueOf(port));
        all.put("unix_socket_directories", "");
        all.put("wal_level", "logical");
        all.put("fsync", "off");
        all.put("shared_buffers", "32MB");
        all.put("timezone", "UTC");
        all.putAll(settings);
        List<String> arguments = new ArrayList<>(List.of("-D", data().toString()));
        all.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return arguments;
    }

    private Path data() {
        return directory.resolve("data");
    }

    /** Where the JDBC driver connects to, as the superuser. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME + "?user=" + NAME;
    }

    /** The port clients connect to, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The name of the superuser. */
    public String user() {
        return NAME;
    }

    /** The name of the database. */
    public String database() {
        return NAME;
    }

    /** Where the server has its files. */
    public Path directory() {
        return directory;
    }

    /** What the server has written since it was last started. */
    public String log() {
        return requireNonNull(process, "process").log();
    }

    /** The process of the server that is the parent of its others. */
    public long pid() {
        try {
            // Its first line; the file is there as long as the server runs.
            return Long.parseLong(
                    Files.readAllLines(data().resolve("postmaster.pid")).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find the process of PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** Ends the server in its own way, clients or not; its data stays. */
    public synchronized void stop() {
        end("-INT");
    }

    /** Ends the server with all its processes as a power cut does; its data stays. */
    public synchronized void kill() {
        end("-KILL");
    }

    /** Lets the server go on existing and answer nobody. */
    public void suspend() {
        signal("-STOP", everyProcess());
    }

    /** Lets a suspended server go on. */
    public void resume() {
        signal("-CONT", everyProcess());
    }

    /** Starts the server again, on the same port and data, ending it first if it runs. */
    public void restart() {
        restart(Map.of());
    }

    /** As {@link #restart()}, with {@code changed} over the settings it had. */
    public synchronized void restart(Map<String, String> changed) {
        stop();
        settings.putAll(changed);
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot restart PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** Ends the server and deletes its directory. */
    @Override
    public synchronized void close() {
        kill();
        Directories.delete(directory);
    }

    private void end(String signal) {
        ChildProcess running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        List<ProcessHandle> all = everyProcess();
        signal(signal, signal.equals("-KILL") ? all : all.subList(0, 1));
        try {
            for (ProcessHandle one : all) {
                one.onExit().get();
            }
            running.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot wait for the end of PostgreSQL", e);
        }
    }

    /** The parent of the server's processes, then the others. */
    private List<ProcessHandle> everyProcess() {
        List<ProcessHandle> all = new ArrayList<>();
        ProcessHandle.of(pid()).ifPresent(parent -> {
            all.add(parent);
            parent.descendants().forEach(all::add);
        });
        return all;
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        ChildProcess.signal(signal, processes.stream().map(ProcessHandle::pid).toList());
    }
}
