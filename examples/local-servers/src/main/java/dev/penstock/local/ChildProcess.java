package dev.penstock.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments.options());
        command.add("-cp");
        command.add(ClassPath.ofThis() + File.pathSeparator + classPath);
        command.add(Guard.class.getName());
        command.add(arguments.mainClass());
        command.addAll(arguments.arguments());
        return start(command, log);
    }

    /** Starts a server; {@code command} must end when its input does. */
    static ChildProcess start(List<String> command, Path log) throws IOException {
        Files.deleteIfExists(log);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ChildProcess(process, log);
    }

    /** What a virtual machine is told. */
    record Command(List<String> options, String mainClass, List<String> arguments) {}

    /** Waits until the log has {@code text}. */
    void awaitLog(String text) throws IOException, InterruptedException {
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

    String log() throws IOException {
        return Files.readString(log);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
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
