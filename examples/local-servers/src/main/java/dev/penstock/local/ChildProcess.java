package dev.penstock.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, which writes to a log file and ends with its parent. */
final class ChildProcess {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 20;

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a server that is written in Java.
     *
     * @param classPath of the server; what the guard needs is added
     * @param arguments options of the virtual machine, then the main class, then its arguments
     */
    static ChildProcess start(String classPath, Command arguments, Path log) throws IOException {
        return start(classPath, arguments, Map.of(), log);
    }

    /** As {@link #start(String, Command, Path)}, with {@code environment} added to the variables of this process. */
    static ChildProcess start(String classPath, Command arguments, Map<String, String> environment, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments.options());
        command.add("-cp");
        command.add(ClassPath.ofThis() + File.pathSeparator + classPath);
        command.add(Guard.class.getName());
        command.add(arguments.mainClass());
        command.addAll(arguments.arguments());
        return start(command, environment, log);
    }

    /** Starts a server; {@code command} must end when its input does. */
    static ChildProcess start(List<String> command, Path log) throws IOException {
        return start(command, Map.of(), log);
    }

    private static ChildProcess start(List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        Files.deleteIfExists(log);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start(), log);
    }

    /** What a virtual machine is told. */
    record Command(List<String> options, String mainClass, List<String> arguments) {}

    /** Waits until the log has {@code text}. */
    void awaitLog(String text) throws IOException {
        try {
            await(text);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot start a server: interrupted", e);
        }
    }

    private void await(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!log().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("Cannot start a server: it "
                        + (process.isAlive() ? "is not ready after " + LONGEST_START : "ended")
                        + "; its log says:\n" + log());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** What it has written. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Lets it go on existing and do nothing. */
    void suspend() {
        signal("-STOP", List.of(pid()));
    }

    /** Lets it go on. */
    void resume() {
        signal("-CONT", List.of(pid()));
    }

    /** Sends a signal, as the command kill writes it, to those of {@code processes} that there still are. */
    static void signal(String signal, List<Long> processes) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(String.valueOf(process)));
        try {
            // A process that has ended meanwhile is as it should be, so the status says nothing.
            new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A way to end a process. */
    @FunctionalInterface
    interface End {
        void apply(ChildProcess process) throws InterruptedException;
    }

    /** Ends {@code process} if there is one and it runs. */
    static void end(@Nullable ChildProcess process, End how) {
        if (process != null && process.isAlive()) {
            try {
                how.apply(process);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Asks it to end, and makes it if it does not. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Ends it without giving it a chance to clean up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
