package dev.penstock.engine.embedded.store;

import static dev.penstock.engine.embedded.store.States.position;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.spi.EpochId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that owns a store, and the parent's handle to it. */
final class StoreProcess implements AutoCloseable {
    /** The keys of each epoch that {@link #main} seals. */
    static final int KEYS = 400;

    private final Process process;
    private final BufferedReader output;

    private StoreProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a JVM that claims the store of {@code pipeline} as {@code host} and then does what it is told. */
    static StoreProcess start(Path directory, String pipeline, String host) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StoreProcess.class.getName(),
                            directory.toString(),
                            pipeline,
                            host)
                    .redirectErrorStream(true)
                    .start();
            return new StoreProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells the process to do something: {@code seal 7}, {@code run 7}, {@code renew}, {@code close} and so on. */
    void tell(String command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what the process says up to a line that begins with {@code start}, and gives that line. */
    String await(String start) {
        List<String> seen = new ArrayList<>();
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                seen.add(line);
                if (line.startsWith(start)) {
                    return line;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("The process ended without saying '" + start + "' but " + seen);
    }

    long pid() {
        return process.pid();
    }

    /** Sends {@code STOP} or {@code CONT}. */
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

    /** The child: the directory, the pipeline and the host's name are its arguments. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (SqliteRecoveryStore store =
                SqliteRecoveryStore.of(Path.of(arguments[0]), arguments[1], Duration.ofMillis(500))) {
            Owner owner = new Owner(arguments[2], ProcessHandle.current().pid(), "child");
            System.out.println("claimed " + store.claim(owner));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                attempt(store, line.split(" ", 2));
            }
        } catch (RuntimeException e) {
            System.out.println("failed " + e);
        }
    }

    private static void attempt(SqliteRecoveryStore store, String[] command) {
        try {
            obey(store, command);
        } catch (RuntimeException e) {
            System.out.println("failed " + e);
        }
    }

    private static void obey(SqliteRecoveryStore store, String[] command) {
        switch (command[0]) {
            case "seal" -> {
                store.seal(epoch(Long.parseLong(command[1])));
                System.out.println("sealed " + command[1]);
            }
            case "run" -> {
                for (long number = Long.parseLong(command[1]); true; number++) {
                    store.seal(epoch(number));
                    System.out.println("sealed " + number);
                }
            }
            case "remember" -> store.remember(command[1], "child");
            case "committed" -> store.markCommitted("out", List.of(new EpochId("child", Long.parseLong(command[1]))));
            case "renew" -> store.renew();
            default -> {
                store.close();
                System.out.println("closed");
            }
        }
    }

    /** An epoch that rewrites everything, so that half an epoch would show. */
    static SealedEpoch epoch(long number) {
        List<KeyChange> changes = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            byte[] name = States.bytes("key-" + key);
            boolean dropped = (key + number) % 7 == 0;
            changes.add(new KeyChange(
                    "count", name, dropped ? Optional.empty() : Optional.of(States.bytes("value-" + number))));
        }
        return new SealedEpoch(
                new EpochId("child", number),
                List.of(position("a", Long.toString(number)), position("b", Long.toString(number))),
                List.of(),
                List.of(States.handle(number, 0)),
                List.of(States.snapshot(0, Long.toString(number))),
                changes);
    }
}
