package dev.penstock.engine.embedded.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that owns a store, see {@link StoreCommands}, and may be stopped or killed. */
final class StoreProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private StoreProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a JVM that claims the store of {@code pipeline} as {@code host} and then does what it is told. */
    static StoreProcess start(Path directory, String pipeline, String host) {
        return start(List.of(), directory.resolve("native"), directory, pipeline, host);
    }

    /**
     * As {@link #start(Path, String, String)}, as the last arguments of another command.
     *
     * @param scratch where the JVM leaves its files
     */
    static StoreProcess start(List<String> prefix, Path scratch, Path directory, String pipeline, String host) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dorg.sqlite.tmpdir=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                StoreCommands.class.getName(),
                directory.toString(),
                pipeline,
                host));
        try {
            Files.createDirectories(scratch);
            return new StoreProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells the process to do something, see {@link StoreCommands}. */
    void tell(String command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the process says next; empty if it has ended. */
    Optional<String> line() {
        try {
            return Optional.ofNullable(output.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what the process says up to a line that begins with {@code start}, and gives that line. */
    String await(String start) {
        List<String> seen = new ArrayList<>();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            seen.add(line.get());
            if (line.get().startsWith(start)) {
                return line.get();
            }
        }
        throw new AssertionError("The process ended without saying '" + start + "' but " + seen);
    }

    long pid() {
        return process.pid();
    }

    /** Sends {@code STOP}, {@code CONT} or {@code KILL}. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Kills the process without warning, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("Process " + pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
