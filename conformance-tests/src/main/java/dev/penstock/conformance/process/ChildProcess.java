package dev.penstock.conformance.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Another Java process with the class path of this one, which runs a pipeline until it is killed.
 *
 * <p><b>Order of calls:</b> {@link #start}, anything, {@link #close}. <b>Threads:</b> any.
 */
final class ChildProcess implements AutoCloseable {
    private static final int KEPT_LINES = 40;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Process process;
    private final List<Marker> markers = new ArrayList<>();
    private final Deque<String> output = new ArrayDeque<>();
    private boolean ended;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Starts a process with {@code command} that waits for {@link #run}. */
    static ChildProcess start(List<String> command, Path directory) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            ChildProcess child = new ChildProcess(process);
            Thread reader = new Thread(child::read, "child-" + process.pid());
            reader.setDaemon(true);
            reader.start();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says what it is to run; {@code directory} gets the file that describes it. */
    void run(ChildJob job, Path directory) throws InterruptedException {
        try {
            Path file = directory.resolve("job-" + System.nanoTime());
            job.writeTo(file);
            say(file.toString());
        } catch (IOException e) {
            // If it is going, whoever waits for its start is told what it printed.
            if (!awaitExit(GRACE)) {
                throw new UncheckedIOException("Cannot tell a process what to run: " + e.getMessage(), e);
            }
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            // The process was killed in the middle of a line.
        } finally {
            end();
        }
    }

    private synchronized void take(String line) {
        if (line.startsWith(Markers.SIGN)) {
            markers.add(Marker.of(line));
            notifyAll();
        } else {
            output.add(line);
            if (output.size() > KEPT_LINES) {
                output.remove();
            }
        }
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for a marker; empty if the process ends without it, or {@code limit} is over. */
    synchronized Optional<Marker> await(Predicate<Marker> wanted, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<Marker> found = markers.stream().filter(wanted).findFirst();
            long left = deadline - System.nanoTime();
            if (found.isPresent() || ended || left <= 0) {
                return found;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    Optional<Marker> await(String kind, Duration limit) throws InterruptedException {
        return await(marker -> marker.kind().equals(kind), limit);
    }

    /** What it said so far. */
    synchronized List<Marker> markers() {
        return List.copyOf(markers);
    }

    /** The last of what it printed besides. */
    synchronized String output() {
        return String.join("\n", output);
    }

    /** Answers its question. */
    void answer() {
        try {
            say("");
        } catch (IOException e) {
            throw new IllegalStateException("Cannot answer process " + process.pid() + ": it is gone", e);
        }
    }

    private void say(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("Cannot kill process " + process.pid());
        }
    }

    /** SIGSTOP: nothing of it runs until {@link #resume}, and nobody is told. */
    void suspend() throws InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws InterruptedException {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("Cannot send SIG" + name + " to process " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean awaitExit(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of a process that has ended. */
    int exitValue() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
